package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * The one table that turns the outcome of a call to Redmine into what is to be done about it.
 * A status in the 200s passes; all else throws one of the four {@link DeliveryException}s.
 */
public final class RedmineOutcomes {

    private static final int LONGEST_TOLD = 300;
    private static final Duration LONGEST_KEPT = Duration.ofHours(1);
    private static final String ONE_ISSUE = "/issues/\\d+\\.json";
    private static final String UPLOADS = "/uploads.json";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Clock clock;

    public RedmineOutcomes() {
        this(Clock.systemUTC());
    }

    RedmineOutcomes(Clock clock) {
        this.clock = clock;
    }

    /** Passes when Redmine did what was asked, as far as the status tells. */
    public void ofStatus(String method, String path, int status, String retryAfter, byte[] body)
            throws DeliveryException {
        if (status >= 200 && status < 300) {
            return;
        }
        String what = what(method, path) + " was answered with " + status;
        if (status >= 500) {
            throw brokenServer(method, path, status, what, notBefore(retryAfter));
        }
        switch (status) {
            case 401 ->
                throw new RefusedException(what + ": Redmine does not know the API key. Check redmine.apikey.", null);
            case 403 -> throw forbidden(path, what);
            case 404 -> throw noSuch(path, what);
            case 407 -> throw new RefusedException(what + ": a proxy between wants a login of its own.", null);
            case 408, 409, 423, 425, 429 -> throw new TryAgainException(what, null, notBefore(retryAfter));
            case 422 -> throw invalid(what, body);
            default ->
                throw status >= 400
                        ? new ParkedException(what)
                        : new RefusedException(what + ": this is not Redmine's API. Check redmine.url.", null);
        }
    }

    /** Never returns: throws what is to be done after a call that got no answer. */
    public void throwFor(String method, String path, IOException failure) throws DeliveryException {
        throw ofFailure(method, path, failure);
    }

    /** Never returns: what Redmine would not take while it is away, it may take when it is back. */
    public void throwBecauseAway(ParkedException refusal) throws TryAgainException {
        throw new TryAgainException(refusal.getMessage(), refusal, null);
    }

    DeliveryException ofFailure(String method, String path, IOException failure) {
        String what = what(method, path) + " failed: " + told(failure);
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return new RefusedException(
                    what + ". Is Redmine's certificate for this address, and from an authority that Java trusts?",
                    failure);
        }
        if (neverSent(failure) || !writes(method, path)) {
            return new SendAgainException(what, failure);
        }
        return new LookUpFirstException(
                what + "; Redmine may have done it all the same", failure, null, Request.MAY_RUN);
    }

    /** An answer in the 200s that is not what Redmine answers: cut off, or from something in between. */
    DeliveryException ofUnreadableAnswer(String method, String path, IOException failure) {
        String what = what(method, path) + " was answered with something that is not Redmine's JSON";
        return writes(method, path)
                ? new LookUpFirstException(what, failure, null, Request.IS_OVER)
                : new TryAgainException(what, failure, null);
    }

    private static DeliveryException brokenServer(
            String method, String path, int status, String what, Instant notBefore) {
        if (!writes(method, path)) {
            return new TryAgainException(what, null, notBefore);
        }
        return new LookUpFirstException(what, null, notBefore, afterServerError(status));
    }

    /** All other codes come from something between, which may have given up on a request that still runs. */
    private static Request afterServerError(int status) {
        return switch (status) {
            case 500 -> Request.FAILED;
            case 501, 503, 505 -> Request.IS_OVER;
            default -> Request.MAY_RUN;
        };
    }

    private static DeliveryException invalid(String what, byte[] body) {
        List<String> errors = errors(body);
        return errors.isEmpty()
                ? new TryAgainException(
                        what + " without a reason: someone else was changing the same issue", null, null)
                : new ParkedException(what + ": " + shortened(String.join("; ", errors)));
    }

    private static List<String> errors(byte[] body) {
        try {
            JsonNode list = JSON.readTree(body).path("errors");
            List<String> errors = new ArrayList<>();
            list.forEach(error -> errors.add(error.asText()));
            return list.isArray() ? errors : List.of("no reason given");
        } catch (IOException | IllegalArgumentException e) {
            return List.of("no reason given");
        }
    }

    /** One issue that we may not see was moved by a person; that waits for a person, and not for another try. */
    private static DeliveryException forbidden(String path, String what) {
        return path.matches(ONE_ISSUE)
                ? new ParkedException(
                        what + ": the ticket was moved to where the API key's user may not see or change it."
                                + " Give that user a role there, or move the ticket back.")
                : new RefusedException(
                        what + ": the API key's user may not do this, or the project is closed or archived,"
                                + " or \"Enable REST web service\" is off in Redmine.",
                        null);
    }

    private static DeliveryException noSuch(String path, String what) {
        return path.matches(ONE_ISSUE)
                ? new NoSuchIssueException(what + ": the issue was deleted")
                : new ParkedException(what + ": no such project or issue. Check redmine.project.");
    }

    private static boolean neverSent(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof ConnectionRequestTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
    }

    /** Whether anything in Redmine is other than before: a file that was uploaded, and is attached to nothing, changes nothing. */
    private static boolean writes(String method, String path) {
        return !"GET".equals(method) && !path.equals(UPLOADS);
    }

    private static String what(String method, String path) {
        return method + " " + path;
    }

    private static String told(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "there is no host of that name: " + failure.getMessage();
        }
        String message = failure instanceof JacksonException json ? json.getOriginalMessage() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : shortened(message);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        boolean isLong = line.codePointCount(0, line.length()) > LONGEST_TOLD;
        return isLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_TOLD)) + "…" : line;
    }

    /** Retry-After holds seconds or a date. One that is far off is a slip of somebody's, and must not silence us. */
    private Instant notBefore(String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        Instant latest = clock.instant().plus(LONGEST_KEPT);
        try {
            Instant asked = retryAfter.matches("\\d{1,9}")
                    ? clock.instant().plusSeconds(Long.parseLong(retryAfter))
                    : ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return asked.isBefore(latest) ? asked : latest;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
