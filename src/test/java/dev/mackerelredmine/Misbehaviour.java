package dev.mackerelredmine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How something in front of Redmine answers in its place.
 *
 * @param passesOn whether Redmine does what it is asked first
 * @param pause between the bytes of the body, zero to send it at once
 * @param endless whether the body is sent again and again until the client hangs up
 */
record Misbehaviour(
        int status, Map<String, String> headers, String body, boolean passesOn, Duration pause, boolean endless) {

    /** Answers so, and Redmine never hears of the request. */
    static Misbehaviour answer(int status, Map<String, String> headers, String body) {
        return new Misbehaviour(status, headers, body, false, Duration.ZERO, false);
    }

    static Misbehaviour html(int status) {
        return answer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                "<!DOCTYPE html><html><head><title>Gateway " + status + "</title></head><body>Sign in</body></html>");
    }

    static Misbehaviour redirect(int status, String location) {
        return answer(status, Map.of("Location", location), "");
    }

    /** Redmine does what it is asked, and its own answer is thrown away. */
    Misbehaviour afterPassingOn() {
        return new Misbehaviour(status, headers, body, true, pause, endless);
    }

    Misbehaviour trickled(Duration between) {
        return new Misbehaviour(status, headers, body, passesOn, between, endless);
    }

    Misbehaviour withoutEnd() {
        return new Misbehaviour(status, headers, body, passesOn, pause, true);
    }

    void writeTo(OutputStream out, CountDownLatch closed) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Connection", "close");
        if (!endless && status != 204) {
            all.put("Content-Length", Integer.toString(bytes.length));
        }
        all.putAll(headers);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Answered\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        do {
            write(out, bytes, closed);
        } while (endless && closed.getCount() > 0);
    }

    private void write(OutputStream out, byte[] bytes, CountDownLatch closed) throws IOException {
        if (pause.isZero()) {
            out.write(bytes);
            out.flush();
            return;
        }
        for (byte one : bytes) {
            out.write(one);
            out.flush();
            if (isOver(closed)) {
                return;
            }
        }
    }

    private boolean isOver(CountDownLatch closed) throws IOException {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
