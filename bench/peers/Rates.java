import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What it costs, in rounds: in each, all peers take their turn, in another order. */
final class Rates {

    private static final int CLIENTS = 4;
    private static final int MANY_CLIENTS = 16;
    private static final int STEADY_PER_SECOND = 50;

    /** So few that Redmine keeps up, even on a busy machine. */
    private static final int ONE_ALERT_IN = 25;

    private static final long LONGEST_SECONDS = 180;

    private final Plan plan;
    private final Path work;
    private final int redminePort;
    private final Table table;

    Rates(Plan plan, Path work, int redminePort, Table table) {
        this.plan = plan;
        this.work = work;
        this.redminePort = redminePort;
        this.table = table;
    }

    private interface Turn {
        void take(Peer peer) throws Exception;
    }

    private void rounds(int rounds, Turn turn) throws Exception {
        List<Peer> order = new ArrayList<>(List.of(Peer.values()));
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : order) {
                turn.take(peer);
            }
            Collections.rotate(order, 1);
        }
    }

    private static Map<Peer, Measured> measured() {
        Map<Peer, Measured> all = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            all.put(peer, new Measured());
        }
        return all;
    }

    void start() throws Exception {
        Map<Peer, Measured> cpu = measured();
        Map<Peer, Measured> time = measured();
        Map<Peer, Measured> memory = measured();
        rounds(plan.rounds(), peer -> {
            try (Service service = new Service(peer, work, redminePort, Map.of()).start()) {
                cpu.get(peer).add(service.startCpuMillis() / 1000);
                time.get(peer).add(service.startMillis() / 1000);
                memory.get(peer).add(service.resident());
            }
        });
        table.row("start: CPU until ready, s", cpu, 2);
        table.row("start: time until ready, s", time, 2);
        table.row("RSS when ready, MB", memory, 0);
    }

    /** The first round warms up, and does not count. */
    void accept() throws Exception {
        Map<Peer, Measured> perSecond = measured();
        Map<Peer, Measured> cpu = measured();
        Map<Peer, Service> services = new EnumMap<>(Peer.class);
        Map<Peer, AtomicInteger> turns = new EnumMap<>(Peer.class);
        int nobody = Service.freePort();
        for (Peer peer : Peer.values()) {
            services.put(peer, new Service(peer, work, nobody, Map.of()).start());
            turns.put(peer, new AtomicInteger());
        }
        rounds(plan.rounds() + 1, peer -> {
            Service service = services.get(peer);
            Alerts alerts = new Alerts(peer, "accept");
            double before = service.cpuMillis();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.acceptSeconds());
            int taken = post(service, alerts, MANY_CLIENTS, () -> System.nanoTime() < end);
            if (turns.get(peer).getAndIncrement() > 0 && taken > 0) {
                perSecond.get(peer).add(taken / (double) plan.acceptSeconds());
                cpu.get(peer).add((service.cpuMillis() - before) / taken);
            }
        });
        for (Service service : services.values()) {
            service.kill();
        }
        table.row("accepted while Redmine is away, 16 clients: posts/s", perSecond, 0);
        table.row("CPU of such a post, ms", cpu, 2);
    }

    void deliver() throws Exception {
        Map<Peer, Gate> gates = new EnumMap<>(Peer.class);
        Map<Peer, Service> services = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            Gate gate = new Gate(redminePort);
            gate.open();
            gates.put(peer, gate);
            services.put(peer, new Service(peer, work, gate.port, Map.of()).start());
        }
        Map<Peer, Measured> cpu = measured();
        rounds(plan.rounds(), peer -> cpu.get(peer).add(cpuOfAnAlert(services.get(peer), gates.get(peer))));
        table.row("CPU of an alert accepted and delivered, ms (the highest: just started)", cpu, 1);
        Map<Peer, Measured> memory = measured();
        for (Peer peer : Peer.values()) {
            memory.get(peer).add(services.get(peer).resident());
        }
        table.row("RSS after " + plan.rounds() * plan.delivered() + " alerts, MB", memory, 0);

        Map<Peer, Measured> alerts = measured();
        Map<Peer, Measured> others = measured();
        rounds(plan.rounds(), peer -> steady(services.get(peer), gates.get(peer), alerts.get(peer), others.get(peer)));
        table.percentiles("answer to an alert, 2/s of them and 48/s other posts: p50 / p99, ms", alerts);
        table.percentiles("answer to the others meanwhile: p50 / p99, ms", others);
        for (Peer peer : Peer.values()) {
            services.get(peer).close();
            gates.get(peer).close();
        }
    }

    private double cpuOfAnAlert(Service service, Gate gate) throws Exception {
        double before = service.cpuMillis();
        int created = gate.creations();
        AtomicInteger left = new AtomicInteger(plan.delivered());
        post(service, new Alerts(service.peer, "cpu"), CLIENTS, () -> left.getAndDecrement() > 0);
        await(gate, created + plan.delivered(), service.peer);
        TimeUnit.SECONDS.sleep(1);
        return (service.cpuMillis() - before) / plan.delivered();
    }

    /** Each post at its time, however long the answers take; an answer's time is counted from then on. */
    private void steady(Service service, Gate gate, Measured alertMillis, Measured otherMillis) throws Exception {
        Alerts alerts = new Alerts(service.peer, "steady");
        int created = gate.creations();
        int posts = plan.steadySeconds() * STEADY_PER_SECOND;
        long began = System.nanoTime();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            long due = began + i * TimeUnit.SECONDS.toNanos(1) / STEADY_PER_SECOND;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            boolean isAlert = i % ONE_ALERT_IN == 0;
            Measured millis = isAlert ? alertMillis : otherMillis;
            all.add(service.post(isAlert ? alerts.opening() : Alerts.HOST_STATUS).thenAccept(status -> {
                requireTaken(service, status);
                synchronized (millis) {
                    millis.add((System.nanoTime() - due) / 1e6);
                }
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        await(gate, created + posts / ONE_ALERT_IN, service.peer);
    }

    private static void requireTaken(Service service, int status) {
        if (status / 100 != 2) {
            throw new IllegalStateException(service.peer.title + " answered with " + status);
        }
    }

    /** How many were answered with success. */
    private static int post(Service service, Alerts alerts, int clients, BooleanSupplier more) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        AtomicInteger taken = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        while (more.getAsBoolean()) {
                            if (service.post(alerts.opening()).join() / 100 == 2) {
                                taken.incrementAndGet();
                            }
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        threads.shutdown();
        return taken.get();
    }

    private static void await(Gate gate, int creations, Peer peer) throws InterruptedException {
        if (!gate.awaitCreations(creations, LONGEST_SECONDS)) {
            throw new IllegalStateException(peer.title + " made " + gate.creations() + " of " + creations + " tickets");
        }
    }

    /** Ours from a backlog; the others, which keep none, as one client posts one after another. */
    void drain() throws Exception {
        Map<Peer, Measured> perSecond = measured();
        Map<Peer, Measured> ratio = measured();
        Map<Peer, Gate> gates = new EnumMap<>(Peer.class);
        Map<Peer, Service> services = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            Gate gate = new Gate(redminePort);
            gates.put(peer, gate);
            services.put(peer, new Service(peer, work, gate.port, Map.of("REDMINE_MAX_CONCURRENCY", "1")).start());
        }
        rounds(plan.rounds(), peer -> {
            double theirs = drain(services.get(peer), gates.get(peer));
            double direct = loop(gates.get(peer));
            perSecond.get(peer).add(theirs);
            ratio.get(peer).add(theirs / direct);
        });
        for (Service service : services.values()) {
            service.close();
        }
        table.row("tickets/s, one at a time (ours from a backlog; the others keep none, and are posted to one after another)", perSecond, 1);
        table.row("the same beside a loop that sends the same requests", ratio, 2);
    }

    private List<byte[]> sent;

    private double drain(Service service, Gate gate) throws Exception {
        Alerts alerts = new Alerts(service.peer, "drain");
        if (!service.peer.keeps()) {
            gate.open();
        }
        AtomicInteger left = new AtomicInteger(plan.drained());
        post(service, alerts, 1, () -> left.getAndDecrement() > 0);
        if (service.peer.keeps()) {
            gate.open();
        }
        await(gate, plan.drained(), service.peer);
        double perSecond = gate.perSecond();
        sent = gate.close();
        return perSecond;
    }

    private double loop(Gate gate) throws Exception {
        gate.open();
        for (byte[] request : sent) {
            try (Socket redmine = new Socket(InetAddress.getLoopbackAddress(), gate.port)) {
                redmine.getOutputStream().write(request);
                redmine.getInputStream().readAllBytes();
            }
        }
        double perSecond = gate.perSecond();
        gate.close();
        return perSecond;
    }
}
