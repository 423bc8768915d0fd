package dev.mackerelredmine.demo;

import dev.mackerelredmine.demo.Happening.Act;
import dev.mackerelredmine.demo.Happening.Kind;
import dev.mackerelredmine.demo.Happening.Post;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.trends.TrendsQuestion;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Eight weeks of a small web shop and of the three people who look after it: the period that trends show, and the one before, which was another.
 * The same now and zone have the same story.
 */
final class Story {

    static final int DAYS = 2 * TrendsQuestion.DAYS;
    private static final long SEED = 22;
    private static final Duration BEFORE_NOW = Duration.ofSeconds(20);

    static final Named HANAKO = new Named(11, "Hanako Yamada");
    static final Named TARO = new Named(12, "Taro Suzuki");
    static final Named YUKI = new Named(13, "Yuki Tanaka");

    private static final Monitor CPU = Monitor.ofHost("CPU %", "cpu.user.percentage", "Shop: web", "web1", 90);
    private static final Monitor DISK_IO =
            Monitor.ofHost("Disk I/O %", "disk.io.percentage", "Shop: batch", "batch1", 95);
    private static final Monitor MEMORY = Monitor.ofHost("Memory %", "memory.percentage", "Shop: api", "api1", 95);
    private static final Monitor FILES =
            Monitor.ofHost("Filesystem %", "filesystem.percentage", "Shop: batch", "batch1", 95);
    private static final Monitor LAG = Monitor.ofHost("Replication lag", "mysql.lag.seconds", "Shop: db", "db2", 60);
    private static final Monitor SHOP = Monitor.external("shop.example.com", "response time", "Shop", 3000);
    private static final Monitor CERTIFICATE =
            Monitor.external("pay.example.com", "days since the certificate was made", "Payment", 80);
    private static final Monitor LEGACY = Monitor.external("old.example.com", "response time", "Legacy", 5000);

    private final Random random = new Random(SEED);
    private final List<Happening> happenings = new ArrayList<>();
    private final Set<String> critical = new HashSet<>();
    private final Instant now;
    private final ZoneId zone;
    private int alerts;

    private Story(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** All that has happened by now, in order. */
    static List<Happening> of(Instant now, ZoneId zone) {
        Story story = new Story(now, zone);
        for (int daysAgo = DAYS - 1; daysAgo >= 0; daysAgo--) {
            story.day(LocalDate.ofInstant(now, zone).minusDays(daysAgo), daysAgo);
        }
        story.today();
        story.happenings.addAll(Promises.of(now, zone));
        return story.happenings.stream()
                .filter(each -> each.at().isBefore(now.minus(BEFORE_NOW)))
                .sorted(Comparator.comparing(Happening::at))
                .toList();
    }

    private void day(LocalDate day, int daysAgo) {
        backup(day, daysAgo);
        boolean isBefore = daysAgo >= TrendsQuestion.DAYS;
        for (int i = 0; i < (isBefore ? 1 : 2); i++) {
            shortPeak(at(day, 9 + random.nextInt(13)));
        }
        if (daysAgo > 0 && daysAgo % 3 != 2) {
            slowShop(at(day, 10 + random.nextInt(10)));
        }
        if (isBefore || daysAgo % 3 != 0) {
            fullMemory(at(day, 11 + random.nextInt(8)), daysAgo);
        }
        if (daysAgo == 33 || daysAgo == 12 || daysAgo == 5) {
            outageOfPayment(at(day, 3));
        }
    }

    private Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, random.nextInt(50), random.nextInt(60)))
                .atZone(zone)
                .toInstant();
    }

    private static Duration minutes(long count) {
        return Duration.ofMinutes(count);
    }

    private Instant opens(Monitor monitor, String id, String status, Instant at, double value) {
        post(monitor, id, status, at, at, value, null);
        return at;
    }

    private void ends(Monitor monitor, String id, Instant opened, Instant at) {
        post(monitor, id, "ok", opened, at, Math.rint(monitor.warning() * 6) / 10, null);
    }

    private void post(
            Monitor monitor, String id, String status, Instant opened, Instant at, double value, String refused) {
        String json = monitor.notification(id, status, opened, at, value);
        if (status.equals("critical")) {
            critical.add(id);
        }
        happenings.add(new Post(at.plusSeconds(1 + random.nextInt(3)), id, json, critical.contains(id), refused));
    }

    private void act(Instant at, String alert, Kind kind, Named by, String note) {
        happenings.add(new Act(at, alert, kind, by, null, note));
    }

    private String id() {
        alerts++;
        return String.format("2demo%06d", alerts);
    }

    private Named somebody() {
        return List.of(HANAKO, TARO, YUKI).get(random.nextInt(3));
    }

    /** Each night, and nobody minds: a window in which to mute. */
    private void backup(LocalDate day, int daysAgo) {
        String id = id();
        Instant opened = opens(DISK_IO, id, "warning", at(day, 2), 88 + random.nextInt(6));
        ends(DISK_IO, id, opened, opened.plus(minutes(12 + random.nextInt(25))));
        if (daysAgo == 17) {
            act(opened.plus(minutes(6)), id, Kind.TAKE, TARO, "It is the backup.");
        }
    }

    /** A few minutes just above the threshold: it should be moved. */
    private void shortPeak(Instant at) {
        String id = id();
        Instant opened = opens(CPU, id, "warning", at, 72.5 + random.nextInt(20) / 10.0);
        ends(CPU, id, opened, opened.plusSeconds(80 + random.nextInt(150)));
    }

    /** What people act on. */
    private void slowShop(Instant at) {
        String id = id();
        Named person = somebody();
        Instant opened = opens(SHOP, id, "critical", at, 3200 + random.nextInt(4000));
        Instant taken = opened.plus(minutes(2 + random.nextInt(9)));
        act(taken, id, Kind.TAKE, person, "");
        act(taken.plus(minutes(4)), id, Kind.NOTE, person, "A slow query of the search; its index is being made.");
        Instant over = taken.plus(minutes(9 + random.nextInt(40)));
        ends(SHOP, id, opened, over);
        act(over.plus(minutes(10)), id, Kind.CLOSE, person, "The index is there.");
    }

    /** What people say is noise. */
    private void fullMemory(Instant at, int daysAgo) {
        String id = id();
        Instant opened = opens(MEMORY, id, "warning", at, 84 + random.nextInt(4));
        ends(MEMORY, id, opened, opened.plus(minutes(20 + random.nextInt(30))));
        if (daysAgo % 4 != 0) {
            act(opened.plus(minutes(9)), id, Kind.NOTE, YUKI, "It is the cache, which gives it back. #noise");
        }
    }

    /** A switch fails at night: one incident of five hosts; nobody answers at once, so people are paged. */
    private void outageOfPayment(Instant at) {
        Instant over = at.plus(minutes(55));
        for (int host = 1; host <= 5; host++) {
            Monitor monitor = Monitor.ofHost("Connectivity", "connectivity", "Payment: app", "pay" + host, 1);
            String id = id();
            Instant opened = opens(monitor, id, "critical", at.plusSeconds(20L * host), 2);
            ends(monitor, id, opened, over.plusSeconds(15L * host));
            if (host == 1) {
                act(at.plus(minutes(19)), id, Kind.TAKE, HANAKO, "The switch of rack 2 does not answer.");
                happenings.add(new Act(at.plus(minutes(31)), id, Kind.HAND_OVER, HANAKO, TARO, "Over to the network."));
                act(at.plus(minutes(34)), id, Kind.TAKE, TARO, "");
                act(over.plus(minutes(15)), id, Kind.CLOSE, TARO, "The switch is replaced.");
            }
        }
    }

    /** How it stands now. */
    private void today() {
        opens(CERTIFICATE, id(), "warning", now.minus(Duration.ofHours(150)), 61);
        String lag = id();
        opens(LAG, lag, "critical", now.minus(minutes(47)), 312);
        String files = id();
        Instant full = opens(FILES, files, "warning", now.minus(minutes(260)), 91);
        act(full.plus(minutes(14)), files, Kind.TAKE, TARO, "Old logs; I clear them.");
        act(full.plus(minutes(200)), files, Kind.NOTE, TARO, "Half of it is done.");
        String shop = id();
        Instant slow = opens(SHOP, shop, "critical", now.minus(minutes(23)), 4100);
        act(slow.plus(minutes(3)), shop, Kind.TAKE, YUKI, "");
        happenings.add(new Act(slow.plus(minutes(17)), shop, Kind.HAND_OVER, YUKI, HANAKO, "It is the payment's API."));
        post(
                LEGACY,
                id(),
                "warning",
                now.minus(minutes(110)),
                now.minus(minutes(110)),
                2900,
                "Cost center cannot be blank");
    }
}
