package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mackerelredmine.redmine.LookUpFirstException.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
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

    private static final int LONGEST_IN_LOG = 300;
    private static final int LONGEST_READ = 4_000;
    private static final Duration LONGEST_KEPT = Duration.ofHours(1);
    private static final String ONE_ISSUE = "/issues/\\d+\\.json";
    private static final String WIKI_PAGE = "/projects/[^/]+/wiki/[^/]+\\.json";
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
        String what = what(method, path) + " was answered with " + status;
        if (status >= 200 && status < 300) {
            if (writes(method, path) && !isDone(method, path, status, body)) {
                throw new LookUpFirstException(
                        what
                                + ", which is not what Redmine answers to what it did: something in front of Redmine (a login,"
                                + " a gateway) answered in its place",
                        null,
                        null,
                        Request.MAY_RUN);
            }
            return;
        }
        if (status >= 500) {
            throw brokenServer(method, path, status, what, notBefore(retryAfter));
        }
        if (status < 400) {
            throw notOfRedmine(method, path, what, notBefore(retryAfter));
        }
        if (status == 422 && isOfRedmine(body)) {
            throw invalid(what, errors(body));
        }
        throw writes(method, path)
                ? unclear(status, path, what, body, notBefore(retryAfter))
                : notRead(status, path, what, body, notBefore(retryAfter));
    }

    /** To what it did Redmine answers 201 with JSON, or 204 with nothing. A wiki's page is made by PUT, too. */
    private static boolean isDone(String method, String path, int status, byte[] body) {
        boolean isEmpty = body == null || body.length == 0;
        boolean isMade = status == 201 && json(body).isObject();
        boolean isChanged = status == 204 && isEmpty;
        return method.equals("PUT") ? isChanged || isMade && path.matches(WIKI_PAGE) : isMade;
    }

    /** Redmine's API never answers a redirect. Whatever did may still have passed the request on. */
    private static DeliveryException notOfRedmine(String method, String path, String what, Instant notBefore) {
        String why = what + ": this is not Redmine's API. Check redmine.url, and whether something in front of Redmine"
                + " (a login, a gateway) sends its API elsewhere";
        return writes(method, path)
                ? new LookUpFirstException(why, null, notBefore, Request.MAY_RUN)
                : new RefusedException(why, null);
    }

    /**
     * Redmine, or something in front of it, refused a write that may have been done nevertheless: so it is looked up first. Most of these
     * answers mean that something in the request is not accepted, so the next one has less in it.
     */
    private static DeliveryException unclear(int status, String path, String what, byte[] body, Instant notBefore) {
        String why = what + refusal(status, path, body);
        boolean dislikesRequest = switch (status) {
            case 401, 407, 408, 409, 423, 425, 429 -> false;
            default -> true;
        };
        return new LookUpFirstException(why, null, notBefore, dislikesRequest ? Request.REFUSED : Request.MAY_RUN);
    }

    private static DeliveryException notRead(int status, String path, String what, byte[] body, Instant notBefore) {
        String why = what + refusal(status, path, body);
        if (isPage(body) && status != 401) {
            return new TryAgainException(why, null, notBefore);
        }
        return switch (status) {
            case 401, 407 -> new RefusedException(why, null);
            case 403 -> path.matches(ONE_ISSUE) ? new ParkedException(why) : new RefusedException(why, null);
            case 404 -> path.matches(ONE_ISSUE) ? new NoSuchIssueException(why) : new ParkedException(why);
            default -> new TryAgainException(why, null, notBefore);
        };
    }

    /** What the answer means, and what to do about it. */
    private static String refusal(int status, String path, byte[] body) {
        if (isPage(body)) {
            return " by a web page, which is not Redmine's: something in front of Redmine (a proxy, a gateway, a web application firewall) refused it";
        }
        return switch (status) {
            case 401 -> ": Redmine does not know the API key. Check redmine.apikey";
            case 403 ->
                path.matches(ONE_ISSUE)
                        ? ": the API key's user may not see or change the ticket: it was moved, it is private, or its"
                                + " project is closed. Give that user a role there"
                        : ": the API key's user may not do this, or the project is closed or archived, or its issue"
                                + " tracking is off, or \"Enable REST web service\" is off in Redmine";
            case 404 ->
                path.matches(ONE_ISSUE)
                        ? ": the issue was deleted"
                        : ": there is no such project or issue. Check redmine.project";
            case 407 -> ": a proxy in front of Redmine wants a login of its own";
            case 413 -> ": it is too large for something in front of Redmine (nginx: client_max_body_size)";
            case 429 -> ": too many requests for something in front of Redmine";
            default -> ": something in front of Redmine refused it";
        };
    }

    /** Never returns: throws what is to be done after a call that got no answer. */
    public void throwFor(String method, String path, IOException failure) throws DeliveryException {
        throw ofFailure(method, path, failure);
    }

    /** Never returns: throws the failure of a step that was caught until more was known about it. */
    public void throwAgain(DeliveryException failure) throws DeliveryException {
        throw failure;
    }

    /** Never returns: what Redmine would not take while it is away, it may take when it is back. */
    public void throwBecauseAway(ParkedException refusal) throws TryAgainException {
        throw new TryAgainException(refusal.getMessage(), refusal, null);
    }

    DeliveryException ofFailure(String method, String path, IOException failure) {
        String what = what(method, path) + " failed: " + reason(failure);
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
                ? new LookUpFirstException(what, failure, null, Request.MAY_RUN)
                : new TryAgainException(what, failure, null);
    }

    private static DeliveryException brokenServer(
            String method, String path, int status, String what, Instant notBefore) {
        if (!writes(method, path)) {
            return new TryAgainException(what, null, notBefore);
        }
        return new LookUpFirstException(what, null, notBefore, afterServerError(status));
    }

    /** All other codes come from something in front of Redmine, which may have given up on a request that still runs. */
    private static Request afterServerError(int status) {
        return switch (status) {
            case 500 -> Request.FAILED;
            case 501, 503, 505 -> Request.IS_OVER;
            default -> Request.MAY_RUN;
        };
    }

    private static DeliveryException invalid(String what, List<String> errors) {
        return errors.isEmpty()
                ? new TryAgainException(
                        what + " without a reason: someone else was changing the same issue", null, null)
                : new InvalidException(what + ": " + shortened(String.join("; ", errors)), errors);
    }

    /** Redmine says why it did not take something, in a list, which is empty where two changed an issue at once. */
    private static boolean isOfRedmine(byte[] body) {
        return json(body).path("errors").isArray();
    }

    private static List<String> errors(byte[] body) {
        List<String> errors = new ArrayList<>();
        json(body).path("errors").forEach(error -> errors.add(error.asText()));
        return errors;
    }

    private static JsonNode json(byte[] body) {
        try {
            return body == null ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Redmine's API refuses with JSON, or with nothing. */
    private static boolean isPage(byte[] body) {
        return body != null
                && body.length > 0
                && !text(body).isBlank()
                && json(body).isMissingNode();
    }

    /** The beginning is enough. */
    private static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, LONGEST_READ), StandardCharsets.UTF_8);
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

    private static String reason(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "there is no host of that name: " + failure.getMessage();
        }
        String message = failure instanceof JacksonException json ? json.getOriginalMessage() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : shortened(message);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        boolean isLong = line.codePointCount(0, line.length()) > LONGEST_IN_LOG;
        return isLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_IN_LOG)) + "…" : line;
    }

    /** Retry-After holds seconds or a date. A date far away is a mistake, and must not stop deliveries. */
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
