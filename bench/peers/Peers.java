import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same to each peer, against one real Redmine, and prints what came of it. Faults come to all at the same time; rates take turns. */
public final class Peers {

    private Peers() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        Plan plan = List.of(arguments).contains("--quick") ? Plan.QUICK : Plan.WHOLE;
        int redminePort = URI.create(System.getenv("REDMINE_URL")).getPort();
        Table table = new Table();
        faults(plan, work, redminePort, table);
        Rates rates = new Rates(plan, work, redminePort, table);
        rates.start();
        rates.accept();
        rates.deliver();
        rates.drain();
        table.print();
        System.exit(0);
    }

    private static void faults(Plan plan, Path work, int redminePort, Table table) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Peer.values().length);
        Map<Peer, Future<Map<String, String>>> running = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            running.put(peer, threads.submit(() -> Faults.run(plan, peer, work, redminePort)));
        }
        Map<Peer, Map<String, String>> found = new EnumMap<>(Peer.class);
        for (Peer peer : Peer.values()) {
            found.put(peer, running.get(peer).get());
        }
        threads.shutdown();
        for (String what : found.get(Peer.OURS).keySet()) {
            table.add(what, peer -> found.get(peer).get(what));
        }
    }
}
