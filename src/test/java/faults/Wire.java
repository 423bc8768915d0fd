package faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;

/** One request on a connection of its own, and what comes back until the other side ends it, or the client has no patience any more. */
record Wire(Instant sent, String answer, End end, Duration took) {

    enum End {
        CLOSED,
        RESET,
        GIVEN_UP
    }

    static String request(String method, String path, String body) {
        return method + " " + path
                + " HTTP/1.1\r\nHost: redmine\r\nX-Redmine-API-Key: key\r\nConnection: keep-alive\r\n"
                + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    static Wire send(int port, String request, Duration patience) throws IOException {
        Instant sent = Instant.now();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        End end;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            end = read(socket, answer, sent.plus(patience));
        }
        return new Wire(sent, answer.toString(ISO_8859_1), end, Duration.between(sent, Instant.now()));
    }

    private static End read(Socket socket, ByteArrayOutputStream answer, Instant atLast) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (true) {
                long left = Duration.between(Instant.now(), atLast).toMillis();
                if (left <= 0) {
                    return End.GIVEN_UP;
                }
                socket.setSoTimeout((int) left);
                int next = in.read();
                if (next < 0) {
                    return End.CLOSED;
                }
                answer.write(next);
            }
        } catch (SocketTimeoutException late) {
            return End.GIVEN_UP;
        } catch (SocketException reset) {
            return End.RESET;
        }
    }

    /** 0 where there is no answer. */
    int status() {
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    }

    String head() {
        return answer.split("\r\n\r\n", 2)[0];
    }

    String body() {
        return answer.split("\r\n\r\n", 2)[1];
    }
}
