package dev.mackerelredmine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A line to Redmine that counts what goes over it, loses answers, answers itself, or is cut. It takes each connection for one request, which is what we
 * make of them.
 */
final class Line implements AutoCloseable {

    /** Which requests are answered how, and how many more of them. */
    private record Rule(Pattern requests, Misbehaviour how, AtomicInteger left) {

        boolean takes(String request) {
            return requests.matcher(request).find() && left.getAndUpdate(Line::oneLess) > 0;
        }
    }

    private final URI target;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger toPass = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger requestsToLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger misbehaved = new AtomicInteger();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int port;
    private ServerSocket socket;
    private Thread accepting;

    Line(String url) {
        target = URI.create(url);
        port = FreePort.next();
        restore();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The requests that went over it, such as {@code GET /issues/1.json}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void forget() {
        requests.clear();
    }

    /** From now on so many answers are lost: Redmine does what it is asked, and nobody hears of it. */
    void loseAnswers(int answers) {
        loseAnswers(0, answers);
    }

    /** The same, after some more that are not lost. */
    void loseAnswers(int passing, int answers) {
        toPass.set(passing);
        toLose.set(answers);
    }

    /** From now on so many requests are lost: they do not come to Redmine, and are not answered. */
    void loseRequests(int number) {
        requestsToLose.set(number);
    }

    /** From now on so many of these requests, such as {@code ^PUT /issues/}, are answered so. Of several rules the first that fits counts. */
    void misbehave(String requests, Misbehaviour how, int times) {
        rules.add(new Rule(Pattern.compile(requests), how, new AtomicInteger(times)));
    }

    /** The same until {@link #behave()}. */
    void misbehave(String requests, Misbehaviour how) {
        misbehave(requests, how, Integer.MAX_VALUE);
    }

    /** From now on Redmine answers again. */
    void behave() {
        rules.clear();
    }

    /** How many requests were not answered by Redmine but by a rule. */
    int misbehaved() {
        return misbehaved.get();
    }

    private boolean losesThis() {
        return toPass.getAndUpdate(Line::oneLess) == 0 && toLose.getAndUpdate(Line::oneLess) > 0;
    }

    private static int oneLess(int left) {
        return Math.max(0, left - 1);
    }

    int lost() {
        return lost.get();
    }

    /** From now on connections are refused. */
    void cut() {
        try {
            socket.close();
            // Until nobody waits for a connection, the system still takes one.
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void restore() {
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket open = socket;
        accepting = inBackground(() -> accept(open));
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                inBackground(() -> pass(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket client) {
        try (client) {
            byte[] firstLine = firstLine(client.getInputStream());
            String request = new String(firstLine, StandardCharsets.UTF_8).replaceFirst("(\\?\\S*)? HTTP/1.1\\s*$", "");
            requests.add(request);
            if (requestsToLose.getAndUpdate(Line::oneLess) > 0) {
                return;
            }
            Misbehaviour how = rules.stream()
                    .filter(rule -> rule.takes(request))
                    .findFirst()
                    .map(Rule::how)
                    .orElse(null);
            if (how != null && !how.passesOn()) {
                answerInstead(client, how);
            } else {
                pass(client, firstLine, how);
            }
        } catch (IOException e) {
            // one side hung up: the other does, too, by the end of this block
        }
    }

    private void answerInstead(Socket client, Misbehaviour how) throws IOException {
        misbehaved.incrementAndGet();
        how.writeTo(client.getOutputStream(), closed);
        client.shutdownOutput();
        // To close with a part of the request unread would reset the connection, and the answer would be lost.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void pass(Socket client, byte[] firstLine, Misbehaviour how) throws IOException {
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            server.getOutputStream().write(firstLine);
            inBackground(() -> copy(client, server));
            InputStream answer = server.getInputStream();
            int first = answer.read();
            if (how != null) {
                misbehaved.incrementAndGet();
                how.writeTo(client.getOutputStream(), closed);
                client.shutdownOutput();
                return;
            }
            if (losesThis()) {
                lost.incrementAndGet();
                return;
            }
            if (first >= 0) {
                client.getOutputStream().write(first);
                answer.transferTo(client.getOutputStream());
            }
        }
    }

    private static byte[] firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // as above
        }
    }

    private static Thread inBackground(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        closed.countDown();
        cut();
    }
}
