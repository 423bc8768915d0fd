package dev.mackerelredmine;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that nothing listens on, and that nothing else takes before the test does, or between two starts: from below those that the
 * system gives to connections (32768 on Linux), and for each JVM that tests at the same time out of a part of its own. Checkouts that are
 * tested at the same time set TEST_PORTS_FROM, 2,400 apart.
 */
public final class FreePort {

    private static final int FIRST = Integer.parseInt(System.getenv().getOrDefault("TEST_PORTS_FROM", "20000"));
    private static final int EACH = 400;
    private static final int PARTS = 6;
    private static final int PART = Integer.getInteger("test.jvm", 1) % PARTS;
    private static final AtomicInteger TAKEN = new AtomicInteger();

    private FreePort() {}

    public static int next() {
        for (int tries = 0; tries < EACH; tries++) {
            int port = FIRST + PART * EACH + TAKEN.getAndIncrement() % EACH;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port among " + EACH);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
