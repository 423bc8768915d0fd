import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that keep alerts in a store, each one after the other; prints how many posts that were, how many a second, and their CPU. */
public final class Keep {

    private static final AtomicLong IDS = new AtomicLong(System.nanoTime());
    private static final NotificationReader READER = new NotificationReader();

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        StoreAddress address = new StoreAddress(arguments[0], System.getenv("STORE_USER"), System.getenv("STORE_PASSWORD"));
        Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
        try (Store store = new Store(new StoreOptions(address, "redmine", false, backoff, Duration.ofMinutes(5)), READER)) {
            store.open();
            long before = keep(store, threads, 4);
            long cpu = cpuNanos();
            long posts = keep(store, threads, seconds);
            System.out.printf("%d %.0f %.2f%n", before + posts, (double) posts / seconds, (cpuNanos() - cpu) / 1e6 / posts);
        }
    }

    /** How many posts were kept. */
    private static long keep(Store store, int threads, int seconds) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(clients.submit(() -> {
                long posts = 0;
                for (; System.nanoTime() < end; posts++) {
                    store.inbox().keep(READER.read(alert()), "/mackerel");
                }
                return posts;
            }));
        }
        long posts = 0;
        for (Future<Long> one : all) {
            posts += one.get();
        }
        clients.shutdown();
        return posts;
    }

    private static byte[] alert() {
        String id = Long.toString(IDS.incrementAndGet(), 36);
        return ("{\"orgName\":\"bench\",\"event\":\"alert\",\"message\":\"CPU % 96.25 > 90\",\"host\":{\"id\":\"h" + id + "\",\"name\":\"web1\"}"
                + ",\"alert\":{\"id\":\"" + id + "\",\"status\":\"critical\",\"isOpen\":true,\"monitorName\":\"CPU %\",\"metricValue\":96.25}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
