package faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between the service and the real Redmine, and injects a fault into some of the requests. What is not passed on faithfully is
 * in its list, with the fault. A Redmine that is away is a 502 or a dropped connection, as with any reverse proxy.
 */
final class Proxy implements AutoCloseable {

    /** How long the service waits for an answer; and after which time it believes that what it asked for will not happen any more. */
    static final Duration TIME_OUT = Duration.ofSeconds(3);

    static final Duration SETTLE = Duration.ofSeconds(10);

    /** What a firewall, a login or an ingress answers, of what is not tried again as it is. */
    private static final int[] PAGES = {400, 401, 403, 404, 413, 422};

    private static final String ELSEWHERE = "Location: https://login.example/\r\n";

    /** One request: what it was about, what was injected into it, and what came of it. */
    record Entry(int number, Instant at, Request request, Fault fault, String outcome, long millis) {
        @Override
        public String toString() {
            return String.format(
                    "%s #%d %s %s: %s, %s, %d ms",
                    at, number, request.method(), request.path(), fault, outcome, millis);
        }
    }

    private final long seed;
    private final double rate;
    private final int redminePort;
    private final Duration timeOut;
    private final Duration settle;
    /** What is held back reaches Redmine well before the service believes that it will not, or never. */
    private final Duration heldAtMost;

    private final ServerSocket server = new ServerSocket();
    private final ExecutorService workers = Executors.newCachedThreadPool(Threads.named("proxy"));
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean faulty = true;
    private final AtomicLong slowestWrite = new AtomicLong();

    Proxy(long seed, double rate, int redminePort) throws IOException {
        this(seed, rate, redminePort, TIME_OUT, SETTLE);
    }

    Proxy(long seed, double rate, int redminePort, Duration timeOut, Duration settle) throws IOException {
        this.timeOut = timeOut;
        this.settle = settle;
        this.heldAtMost = settle.multipliedBy(6).dividedBy(10);
        this.seed = seed;
        this.rate = rate;
        this.redminePort = redminePort;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        workers.submit(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on all is passed on as it is. */
    void heal() {
        faulty = false;
    }

    boolean isQuiet() {
        return underWay.get() == 0;
    }

    List<Entry> entries() {
        return entries;
    }

    Map<Fault, Integer> faults() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        entries.stream()
                .filter(entry -> entry.fault() != Fault.NONE)
                .forEach(entry -> counts.merge(entry.fault(), 1, Integer::sum));
        return counts;
    }

    /** Whether Redmine was so slow that the service was right to believe that a request would not be done any more. */
    boolean brokeItsPromise() {
        return slowestWrite.get() > settle.toMillis();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            underWay.incrementAndGet();
            workers.submit(() -> {
                try (client) {
                    serve(client);
                } catch (IOException gone) {
                    // The service was killed, or had given up: there is nobody to tell.
                } finally {
                    underWay.decrementAndGet();
                }
            });
        }
    }

    private void serve(Socket client) throws IOException {
        client.setSoTimeout((int) TIME_OUT.toMillis());
        Request request = Request.read(client.getInputStream());
        Instant at = Instant.now();
        int number = numbers.incrementAndGet();
        SplittableRandom random = random(seed, number);
        Fault fault = Fault.of(random, faulty ? rate : 0, request.method());
        String outcome = "failed";
        try {
            outcome = inject(client, request, fault, random, at);
        } catch (IOException gone) {
            outcome = "we were gone: " + gone.getMessage();
        } finally {
            long millis = Duration.between(at, Instant.now()).toMillis();
            entries.add(new Entry(number, at, request, fault, outcome, millis));
        }
    }

    /** The fault of a request is drawn from this, and nothing else. */
    static SplittableRandom random(long seed, int number) {
        return new SplittableRandom(seed * 1_000_003 + number);
    }

    private String inject(Socket client, Request request, Fault fault, SplittableRandom random, Instant at)
            throws IOException {
        switch (fault) {
            case NONE -> {
                return pass(client, request, random, at);
            }
            case DROPPED_BEFORE -> {
                return reset(client, "never sent");
            }
            case DROPPED_AFTER -> {
                byte[] answer = ask(request, at);
                return reset(client, status(answer));
            }
            case LATE -> {
                sleep(timeOuts(random, 1.1, 1.8));
                return status(ask(request, at));
            }
            case SLOW -> {
                byte[] answer = ask(request, at);
                sleep(timeOuts(random, 1.1, 1.65));
                client.getOutputStream().write(answer);
                return status(answer);
            }
            case DONE_500 -> {
                byte[] answer = ask(request, at);
                return answer(client, 500, "", status(answer));
            }
            case DONE_504 -> {
                byte[] answer = ask(request, at);
                return answer(client, 504, "", status(answer));
            }
            case RUNS_ON_502 -> {
                answer(client, 502, "", "");
                client.close();
                sleep(timeOuts(random, 0.1, 1.3));
                return status(ask(request, at));
            }
            case REFUSED_500 -> {
                return answer(client, 500, "", "never sent");
            }
            case REFUSED_502 -> {
                return answer(client, 502, "", "never sent");
            }
            case REFUSED_503 -> {
                return answer(client, 503, random.nextBoolean() ? "Retry-After: 1\r\n" : "", "never sent");
            }
            case TOO_MANY_429 -> {
                return answer(client, 429, random.nextBoolean() ? "Retry-After: 2\r\n" : "", "never sent");
            }
            case CONFLICT_422 -> {
                return answer(client, 422, "", "never sent");
            }
            case CUT -> {
                byte[] answer = ask(request, at);
                if (answer.length == 0) {
                    return reset(client, status(answer));
                }
                client.getOutputStream().write(answer, 0, random.nextInt(answer.length / 2, answer.length));
                client.getOutputStream().flush();
                return reset(client, status(answer));
            }
            case PAGE_200 -> {
                return page(client, 200, "never sent");
            }
            case DONE_PAGE_200 -> {
                byte[] answer = ask(request, at);
                return page(client, 200, status(answer));
            }
            case PAGE_4XX -> {
                return page(client, PAGES[random.nextInt(PAGES.length)], "never sent");
            }
            case DONE_PAGE_4XX -> {
                byte[] answer = ask(request, at);
                return page(client, PAGES[random.nextInt(PAGES.length)], status(answer));
            }
            case REDIRECTED -> {
                return answer(client, random.nextBoolean() ? 302 : 308, ELSEWHERE, "never sent");
            }
            case DONE_REDIRECTED -> {
                byte[] answer = ask(request, at);
                return answer(client, random.nextBoolean() ? 302 : 308, ELSEWHERE, status(answer));
            }
            case NOTHING_204 -> {
                return answer(client, 204, "", "never sent");
            }
            case TRICKLED -> {
                byte[] answer = ask(request, at);
                return trickle(client, answer);
            }
        }
        throw new IllegalStateException(fault.name());
    }

    /** Some bytes until we hang up: then the next one cannot be written. */
    private String trickle(Socket client, byte[] answer) throws IOException {
        for (byte next : answer) {
            client.getOutputStream().write(next);
            client.getOutputStream().flush();
            sleep(timeOut.dividedBy(15));
        }
        return status(answer);
    }

    private static String page(Socket client, int status, String outcome) throws IOException {
        String body = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>" + status + "</body></html>";
        return answer(client, status, "Content-Type: text/html\r\n", body, outcome);
    }

    private String pass(Socket client, Request request, SplittableRandom random, Instant at) throws IOException {
        byte[] answer = ask(request, at);
        if (answer.length == 0) {
            return random.nextBoolean() ? reset(client, status(answer)) : answer(client, 502, "", status(answer));
        }
        client.getOutputStream().write(answer);
        return status(answer);
    }

    /** Redmine's whole answer; empty when it is away, or ended in the midst. */
    private byte[] ask(Request request, Instant at) {
        if (Duration.between(at, Instant.now()).compareTo(heldAtMost) > 0) {
            return new byte[0];
        }
        try (Socket redmine = new Socket(InetAddress.getLoopbackAddress(), redminePort)) {
            redmine.getOutputStream().write(request.forOneConnection());
            byte[] answer = redmine.getInputStream().readAllBytes();
            if (request.writes()) {
                slowestWrite.accumulateAndGet(
                        Duration.between(at, Instant.now()).toMillis(), Math::max);
            }
            return answer;
        } catch (IOException away) {
            return new byte[0];
        }
    }

    private static String status(byte[] answer) {
        return answer.length == 0
                ? "Redmine is away"
                : "Redmine says " + new String(Arrays.copyOfRange(answer, 9, 12), StandardCharsets.ISO_8859_1);
    }

    private static String answer(Socket client, int status, String headers, String outcome) throws IOException {
        String body = status == 422 ? "{\"errors\":[]}" : "";
        return answer(client, status, headers + "Content-Type: application/json\r\n", body, outcome);
    }

    private static String answer(Socket client, int status, String headers, String body, String outcome)
            throws IOException {
        String length = status == 204 ? "" : "Content-Length: " + body.length() + "\r\n";
        String head = "HTTP/1.1 " + status + " Fault\r\n" + headers + length + "Connection: close\r\n\r\n";
        client.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
        return outcome;
    }

    private static String reset(Socket client, String outcome) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return outcome;
    }

    private Duration timeOuts(SplittableRandom random, double least, double most) {
        return Duration.ofMillis((long) (timeOut.toMillis() * random.nextDouble(least, most)));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        workers.shutdownNow();
    }
}
