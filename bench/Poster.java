import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Posts to the webhook as Mackerel does. The scripts compile it, so that each program of bench/ has it on its class path. */
public final class Poster {

    private Poster() {}

    /** Milliseconds until the answer. @throws IllegalStateException where that is not 202 */
    public static double post(int port, String body) throws IOException {
        long sent = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/mackerel").toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        int status = connection.getResponseCode();
        connection.getInputStream().readAllBytes();
        if (status != 202) {
            throw new IllegalStateException("answered with " + status);
        }
        return (System.nanoTime() - sent) / 1e6;
    }
}
