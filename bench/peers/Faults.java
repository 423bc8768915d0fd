import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One life of an alert, and three faults, one after the other: what each peer made of the same. All are counted in Redmine. */
final class Faults {

    /** Shorter than in production. A peer's own time limit, and for ours how long an issue may still appear after it. */
    private static final Map<String, String> SETTINGS = Map.of("REDMINE_RESPONSE_TIMEOUT", "5s", "REDMINE_SETTLE_TIME", "10s");

    private static final long LATE_MILLIS = 7_500;
    private static final long LONGER_THAN_SETTLING_SECONDS = 20;

    /** Between two tries of ours. */
    private static final int LONGEST_PAUSE_SECONDS = 60;

    /** Of Redmine, to one who waits no longer. */
    private static final int LONGEST_ANSWER_SECONDS = 10;

    /** So few that Redmine, which has all three peers at once, answers each well within its time limit. */
    private static final int BURST_CLIENTS = 4;

    private final Plan plan;
    private final Peer peer;
    private final Gate gate;
    private final Service service;

    private Faults(Plan plan, Peer peer, Gate gate, Service service) {
        this.plan = plan;
        this.peer = peer;
        this.gate = gate;
        this.service = service;
    }

    /** What came of it, by what was done. */
    static Map<String, String> run(Plan plan, Peer peer, Path work, int redminePort) throws Exception {
        Gate gate = new Gate(redminePort);
        gate.open();
        try (Service service = new Service(peer, work, gate.port, SETTINGS).start()) {
            return new Faults(plan, peer, gate, service).all();
        } finally {
            gate.close();
        }
    }

    private Map<String, String> all() throws Exception {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("one life: critical, warning, ok: tickets", life());
        Posts outage = outage();
        Posts kill = kill();
        Posts late = late();
        while (peer.keeps() && gate.quietSeconds() < LONGER_THAN_SETTLING_SECONDS) {
            TimeUnit.SECONDS.sleep(1);
        }
        found.put(plan.outageAlerts() + " alerts while Redmine is away for " + plan.outageSeconds() + " s: tickets / lost / twice", outage.outcome());
        found.put("`kill -9` amid " + plan.burst() + " alerts, posted again where not taken: tickets / lost / twice", kill.outcome());
        found.put(plan.late() + " alerts that Redmine answers too late, posted again where not taken: tickets / lost / twice", late.outcome());
        return found;
    }

    private String life() throws Exception {
        Alerts alerts = new Alerts(peer, "life");
        String name = alerts.next();
        for (String status : List.of("critical", "warning", "ok")) {
            service.post(Alerts.notification(name, status)).join();
            TimeUnit.SECONDS.sleep(5);
        }
        for (int i = 0; i < 10 && Tickets.closed(alerts).number() == 0; i++) {
            TimeUnit.SECONDS.sleep(1);
        }
        int closed = Tickets.closed(alerts).number();
        int all = Tickets.of(alerts).number();
        return all + (closed == all ? ", closed" : closed == 0 ? ", open" : ", " + closed + " of them closed");
    }

    private Posts outage() throws Exception {
        Posts posts = new Posts("outage");
        gate.close();
        for (int i = 0; i < plan.outageAlerts(); i++) {
            posts.send(posts.alerts.next());
            TimeUnit.MILLISECONDS.sleep(plan.outageSeconds() * 1000L / plan.outageAlerts());
        }
        gate.open();
        return posts.settled();
    }

    /** When a quarter of the alerts has become tickets. Nobody posts while it is down; who gets no answer just then posts again. */
    private Posts kill() throws Exception {
        Posts posts = new Posts("kill");
        gate.close();
        gate.open();
        Queue<String> names = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < plan.burst(); i++) {
            names.add(posts.alerts.next());
        }
        ExecutorService clients = Executors.newFixedThreadPool(BURST_CLIENTS);
        AtomicReference<CompletableFuture<Void>> isUp = new AtomicReference<>(CompletableFuture.completedFuture(null));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int client = 0; client < BURST_CLIENTS; client++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (String name = names.poll(); name != null; name = names.poll()) {
                            isUp.get().join();
                            posts.sendAgain(name, isUp::get).join();
                        }
                    },
                    clients));
        }
        gate.awaitCreations(plan.burst() / 4, 60);
        isUp.set(new CompletableFuture<>());
        service.kill();
        service.start();
        isUp.get().complete(null);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        clients.shutdown();
        return posts.settled();
    }

    private Posts late() throws Exception {
        Posts posts = new Posts("late");
        gate.holdFirstAnswers(LATE_MILLIS);
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < plan.late(); i++) {
            all.add(posts.sendAgain(posts.alerts.next(), () -> CompletableFuture.completedFuture(null)));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        return posts.settled();
    }

    private static boolean isTaken(int status) {
        return status / 100 == 2;
    }

    /** What was posted, and how it was answered. */
    private final class Posts {

        private final Alerts alerts;
        private final Map<String, CompletableFuture<Integer>> answers = new ConcurrentHashMap<>();

        Posts(String kind) {
            this.alerts = new Alerts(peer, kind);
        }

        CompletableFuture<Integer> send(String name) {
            CompletableFuture<Integer> answer = service.post(Alerts.notification(name, "critical"));
            answers.put(name, answer);
            return answer;
        }

        /** Once more, when it is time, where it was not answered with success. */
        CompletableFuture<Integer> sendAgain(String name, Supplier<CompletableFuture<Void>> when) {
            return send(name).thenCompose(status -> isTaken(status)
                    ? CompletableFuture.completedFuture(status)
                    : when.get().thenCompose(now -> send(name)));
        }

        /** When each has a ticket, or no ticket comes any more. */
        Posts settled() throws Exception {
            int longest = peer.keeps() ? LONGEST_PAUSE_SECONDS : LONGEST_ANSWER_SECONDS;
            while (Tickets.of(alerts).of().size() < answers.size() && gate.quietSeconds() < longest) {
                TimeUnit.SECONDS.sleep(2);
            }
            return this;
        }

        /** Tickets, lost and twice. */
        String outcome() throws Exception {
            Tickets tickets = Tickets.of(alerts);
            List<String> lost = answers.keySet().stream().filter(name -> !tickets.of().containsKey(name)).toList();
            long taken = lost.stream().filter(name -> isTaken(answers.get(name).join())).count();
            String outcome = tickets.number() + " / " + lost.size() + " / " + tickets.twice();
            return taken == 0 ? outcome : outcome + " (" + taken + " of the lost answered with success)";
        }
    }
}
