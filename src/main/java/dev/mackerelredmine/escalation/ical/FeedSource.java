package dev.mackerelredmine.escalation.ical;

import dev.mackerelredmine.download.LimitedBody;
import dev.mackerelredmine.download.TimedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Fetches calendars: {@code https:}, {@code http:}, {@code webcal:} and {@code file:}. Redirects are followed, but never from https to http.
 * What it says of a failure are its own words, because Java's may have the address in them.
 */
class FeedSource {

    private static final int LARGEST = 5 * 1024 * 1024;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final String TOO_LARGE = "it is larger than " + LARGEST + " bytes";

    private HttpClient client;

    /**
     * @param content null: it has not changed
     * @param tag says which version it is; null: the server does not say
     */
    record Answer(byte[] content, String tag) {}

    /** @throws IllegalArgumentException that says, without the address, what is wrong with it */
    static void check(String address) {
        if (address.startsWith("file:")) {
            file(address);
            return;
        }
        URI uri = uri(address);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
            throw new IllegalArgumentException("its address must start with https://, http:// or file:");
        }
    }

    /** @param tag of the version that is already here; null: there is none */
    Answer fetch(String address, String tag) throws FeedException {
        try {
            return address.startsWith("file:") ? read(file(address)) : get(uri(address), tag);
        } catch (NoSuchFileException e) {
            throw new FeedException("its file is not there");
        } catch (IOException e) {
            throw new FeedException(reason(e));
        }
    }

    private static Answer read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException(TOO_LARGE);
            }
            return new Answer(content, null);
        }
    }

    private Answer get(URI uri, String tag) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("User-Agent", "mackerel-redmine")
                .header("Accept", "text/calendar, */*;q=0.1");
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        HttpResponse<byte[]> answer =
                TimedRequest.send(client(), request.build(), info -> body(info.statusCode(), tag), LONGEST);
        return new Answer(
                answer.statusCode() == 304 ? null : answer.body(),
                answer.headers().firstValue("ETag").orElse(tag));
    }

    private static LimitedBody body(int status, String tag) {
        return status == 200 || status == 304 && tag != null
                ? LimitedBody.of(LARGEST)
                : LimitedBody.refused("it was answered with " + status);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LONGEST)
                    .build();
        }
        return client;
    }

    private static URI uri(String address) {
        try {
            return URI.create(address.replaceFirst("^(?i)webcal:", "https:"));
        } catch (IllegalArgumentException secret) {
            throw new IllegalArgumentException("its address is no address");
        }
    }

    private static Path file(String address) {
        String path = address.substring("file:".length()).replaceFirst("^//(?=/)", "");
        if (path.isBlank()) {
            throw new IllegalArgumentException("its address names no file");
        }
        try {
            return Path.of(path);
        } catch (IllegalArgumentException secret) {
            throw new IllegalArgumentException("its address is no address");
        }
    }

    private static String reason(IOException failure) {
        String said = failure.getMessage() == null ? "" : failure.getMessage();
        if (said.startsWith("it ") || said.equals("the service stops")) {
            return said;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "its server's certificate is not accepted";
            }
        }
        return "it cannot be reached";
    }
}
