package dev.mackerelredmine.demo;

import dev.mackerelredmine.demo.Happening.Kept;
import dev.mackerelredmine.demo.Happening.Promise;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.report.Week;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What the people of the story want to do about alerts: they promise it at a meeting of each week. Some of it is kept, and some is not. */
final class Promises {

    private static final String RUNBOOK = "Write the runbook for an outage of the payment's switch";
    private static final String NETWORK = "Page the network team for Connectivity, too";
    private static final int AT_WORK = 10;

    private final ZoneId zone;

    private Promises(ZoneId zone) {
        this.zone = zone;
    }

    static List<Happening> of(Instant now, ZoneId zone) {
        return new Promises(zone).until(now);
    }

    private List<Happening> until(Instant now) {
        LocalDate running = Week.of(LocalDate.ofInstant(now, zone)).monday();
        LocalDate last = running.minusDays(7);
        LocalDate before = last.minusDays(7);
        return List.of(
                promise(at(before.plusDays(1)), NETWORK, Story.HANAKO, last.plusDays(4)),
                promise(
                        at(before.plusDays(1)),
                        "Mute Disk I/O % of batch1 during the backup",
                        Story.TARO,
                        before.plusDays(4)),
                promise(at(last.plusDays(1)), RUNBOOK, Story.HANAKO, last.plusDays(4)),
                promise(
                        at(last.plusDays(1)),
                        "Raise the threshold of CPU % on web1 to 95",
                        Story.TARO,
                        last.plusDays(4)),
                promise(at(last.plusDays(1)), "Order a second switch for rack 2", Story.YUKI, running.plusDays(11)),
                new Kept(at(last.plusDays(2)), NETWORK),
                new Kept(at(last.plusDays(3)), RUNBOOK),
                promise(
                        thisWeek(running, now),
                        "Ask whether anybody needs Memory % of api1: it is the cache",
                        Story.YUKI,
                        running.plusDays(6)));
    }

    private static Promise promise(Instant at, String subject, Named assignee, LocalDate due) {
        return new Promise(at, subject, assignee, due);
    }

    private Instant at(LocalDate day) {
        return day.atTime(AT_WORK, 0).atZone(zone).toInstant();
    }

    /** On Monday morning; on a Monday that is younger than that, earlier. */
    private Instant thisWeek(LocalDate running, Instant now) {
        Instant begin = running.atStartOfDay(zone).toInstant();
        Instant half = begin.plus(Duration.between(begin, now).dividedBy(2));
        return half.isBefore(at(running)) ? half : at(running);
    }
}
