package faults;

import com.fasterxml.jackson.databind.JsonNode;
import faults.Escalated.Down;
import faults.Schedule.Disruption;
import faults.Schedule.What;
import faults.Verdict.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run: a history is posted while things break, and when all is quiet Redmine is compared with it. */
final class Run {

    private static final int PORT = 18080;
    private static final int FURTHER = 10;
    private static final int MACKEREL = 18_070;
    private static final Duration QUIET_AT_LAST = Duration.ofMinutes(3);
    /** The last poll of Redmine may have failed, and its next is due by then. */
    private static final Duration TO_SEE_PEOPLE = Duration.ofSeconds(45);
    /** Of several services, another goes on by then where one was killed in its poll of Redmine. */
    private static final Duration POLL_OF_A_KILLED_SERVICE = Duration.ofMinutes(3);
    /** So long no step and no page may be due until all are believed to be over. */
    private static final Duration NO_MORE_PAGES = Duration.ofSeconds(8);
    /** So long a change is left to its webhook, before Mackerel's API is believed. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    private final Options options;
    private final Path work;
    private final Instant started = Instant.now();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    Run(Options options) throws IOException {
        this.options = options;
        this.work = Files.createTempDirectory("faults-" + options.seed() + "-");
    }

    /** @return whether all is well */
    boolean run() throws IOException, InterruptedException, SQLException {
        History history =
                new History(options.seed(), options.alerts(), options.spanMillis() * 8 / 10, options.groups());
        int instances = options.postgresql() ? 2 : 1;
        Schedule schedule = Schedule.of(options.seed(), options.spanMillis(), instances);
        if (options.losesWebhooks()) {
            history.asItHappens();
            schedule = schedule.withLongDowns(options.seed(), options.spanMillis());
        }
        say("--- " + options);
        say(history.toString());
        schedule.disruptions().forEach(disruption -> say(disruption.toString()));
        Redmine redmine = Redmine.fresh();
        List<Service> services = new ArrayList<>();
        try (Proxy proxy = new Proxy(options.seed(), options.rate(), redmine.port());
                Mackerel mackerel = options.losesWebhooks() ? new Mackerel(options.seed(), MACKEREL) : null;
                Chat chat = options.escalates() ? new Chat(options.seed(), options.rate()) : null) {
            Store store = options.postgresql() ? Store.postgresql() : Store.sqlite(work.resolve("store.db"));
            for (int i = 0; i < instances; i++) {
                Map<String, String> settings = settings(redmine, proxy, store);
                if (mackerel != null) {
                    settings.putAll(mackerel.settings());
                }
                if (chat != null) {
                    settings.putAll(OnCall.settings(work));
                }
                if (options.groups()) {
                    settings.putAll(Grouped.SETTINGS);
                }
                services.add(new Service("instance-" + (i + 1), work, PORT + i * FURTHER, settings));
                if (chat != null) {
                    OnCall.put(chat, work, services.get(i));
                }
                if (options.groups()) {
                    Grouped.put(services.get(i));
                }
            }
            try (Driver driver = new Driver(
                    history,
                    mackerel == null ? Webhooks.AS_DRAWN : mackerel,
                    services.stream().map(Service::door).toList())) {
                for (Service service : services) {
                    service.start();
                    service.awaitStarted();
                }
                People people = new People(options.seed(), redmine, options.groups());
                try (people) {
                    people.start();
                    breakThings(schedule, services, redmine, driver);
                }
                proxy.heal();
                if (chat != null) {
                    chat.heal();
                }
                if (mackerel != null) {
                    untilPolled(mackerel, store);
                }
                untilQuiet(services, proxy, store);
                return judge(
                        new Stage(history, schedule, redmine, proxy, mackerel, chat, store, driver, services, people));
            }
        } finally {
            for (Service service : services) {
                service.kill();
            }
        }
    }

    private Map<String, String> settings(Redmine redmine, Proxy proxy, Store store) {
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.put("REDMINE_URL", "http://127.0.0.1:" + proxy.port());
        settings.put("REDMINE_APIKEY", redmine.id("key_bot"));
        settings.put("REDMINE_PROJECT", "alert");
        settings.put("REDMINE_TRACKER", redmine.id("tracker_alert"));
        settings.put("REDMINE_CUSTOM_FIELD_ALERT_ID", redmine.id("field_alert_id"));
        settings.put("REDMINE_CUSTOM_FIELD_LEVEL", redmine.id("field_level"));
        for (String status : List.of("critical", "warning", "unknown")) {
            settings.put(
                    "REDMINE_PRIORITY_" + status.toUpperCase(java.util.Locale.ROOT),
                    redmine.id(Verdict.priority(status)));
        }
        settings.put("REDMINE_CONNECT_TIMEOUT", "1s");
        settings.put("REDMINE_RESPONSE_TIMEOUT", Proxy.TIME_OUT.toSeconds() + "s");
        settings.put("REDMINE_SETTLE_TIME", Proxy.SETTLE.toSeconds() + "s");
        settings.put("REDMINE_MAX_CONCURRENCY", "4");
        settings.put("REDMINE_MAX_REQUESTS_PER_SECOND", "0");
        settings.put("DELIVERY_INITIAL_BACKOFF", "200ms");
        settings.put("DELIVERY_MAX_BACKOFF", "3s");
        settings.put("DELIVERY_POLL_INTERVAL", "200ms");
        settings.put("REDMINE_POLL_INTERVAL", "2s");
        settings.put("TICKET_GRAPHS", "false");
        return settings;
    }

    private void breakThings(Schedule schedule, List<Service> services, Redmine redmine, Driver driver)
            throws InterruptedException {
        ScheduledExecutorService ofServices = Executors.newScheduledThreadPool(1, Threads.named("kills"));
        ScheduledExecutorService ofRedmine = Executors.newScheduledThreadPool(1, Threads.named("outages"));
        driver.start();
        for (Disruption disruption : schedule.disruptions()) {
            boolean isRedmines = disruption.what() == What.STOP_REDMINE || disruption.what() == What.KILL_REDMINE;
            (isRedmines ? ofRedmine : ofServices)
                    .schedule(
                            () -> inject(disruption, services.get(disruption.instance()), redmine),
                            disruption.at(),
                            TimeUnit.MILLISECONDS);
        }
        for (ScheduledExecutorService executor : List.of(ofServices, ofRedmine)) {
            executor.shutdown();
            if (!executor.awaitTermination(1, TimeUnit.HOURS)) {
                troubles.add("not all that was to break was broken within an hour");
            }
        }
        Instant atLast = Instant.now().plus(QUIET_AT_LAST);
        while (!driver.isDone() && Instant.now().isBefore(atLast)) {
            Thread.sleep(100);
        }
        if (!driver.isDone()) {
            troubles.add("some posts are not taken");
        }
    }

    private void inject(Disruption disruption, Service service, Redmine redmine) {
        try {
            switch (disruption.what()) {
                case KILL_SERVICE -> {
                    service.kill();
                    Thread.sleep(disruption.away());
                    service.start();
                }
                case END_SERVICE -> service.kill();
                case KILL_REDMINE -> {
                    redmine.kill();
                    Thread.sleep(disruption.away());
                    redmine.start();
                }
                case STOP_REDMINE -> {
                    redmine.stop();
                    Thread.sleep(disruption.away());
                    redmine.start();
                }
            }
        } catch (IOException | InterruptedException | RuntimeException failure) {
            troubles.add(disruption + " did not work: " + failure.getMessage());
        }
    }

    private void untilQuiet(List<Service> services, Proxy proxy, Store store) throws InterruptedException, IOException {
        say("all is posted, and nothing breaks any more; " + store.waiting() + " events wait");
        Instant atLast = Instant.now().plus(QUIET_AT_LAST);
        // What a page before Redmine refused too often is parked, and tried again within a minute.
        while (store.waiting() > 0
                || store.endingIncidents() > 0
                || !store.parked().isEmpty()
                || !proxy.isQuiet()) {
            if (Instant.now().isAfter(atLast)) {
                troubles.add(store.waiting() + " events still wait");
                return;
            }
            if (services.stream().noneMatch(Service::runs)) {
                troubles.add("the service has ended");
                return;
            }
            Thread.sleep(200);
        }
    }

    /** As soon as that is right after a sweep, or when it has had its time. */
    private List<Finding> whoIsOnWhat(Stage on) throws IOException, InterruptedException {
        Redmine redmine = on.redmine;
        Store store = on.store;
        Instant atLast =
                Instant.now().plus(TO_SEE_PEOPLE).plus(options.postgresql() ? POLL_OF_A_KILLED_SERVICE : Duration.ZERO);
        List<JsonNode> issues = redmine.issues();
        List<Finding> findings;
        do {
            // A poll that is under way may write over it, and one that was cut short goes on with the next.
            store.letSweepBeDue();
            Thread.sleep(2500);
            findings = new VerdictOnPeople(Long.parseLong(redmine.id("user_bot")), notified(on))
                    .findings(issues, store.people(), store.takings());
        } while (!findings.isEmpty() && Instant.now().isBefore(atLast));
        return findings;
    }

    /** Mackerel gets 60 requests a minute at most, and an alert whose webhooks were all lost needs two. */
    private static Duration toAskFor(int alerts) {
        return Duration.ofSeconds(2L * alerts);
    }

    /** Until a poll saw all there was when the last change had had its time. */
    private void untilPolled(Mackerel mackerel, Store store) throws InterruptedException, IOException {
        say(mackerel.swallowed() + " posts were swallowed on the way; now Mackerel is asked about the last ones");
        Instant settled = Instant.now().plus(GRACE);
        Instant atLast = settled.plus(QUIET_AT_LAST).plus(toAskFor(options.alerts()));
        while (store.polledAt() < settled.toEpochMilli()) {
            if (Instant.now().isAfter(atLast)) {
                troubles.add("no poll of Mackerel has seen all there is");
                return;
            }
            Thread.sleep(500);
        }
        mackerel.notPlayed().forEach(asked -> troubles.add("FakeMackerel does not play " + asked));
        say(mackerel.requests() + " requests to Mackerel");
    }

    /** Until nobody is to be paged any more. */
    private void untilPaged(Chat chat, Store store) throws InterruptedException, IOException {
        say(chat.received().size() + " pages reached the chat server; " + store.escalating()
                + " steps and pages are to come");
        Instant atLast = Instant.now().plus(QUIET_AT_LAST);
        Instant since = Instant.now();
        while (Duration.between(since, Instant.now()).compareTo(NO_MORE_PAGES) < 0) {
            if (Instant.now().isAfter(atLast)) {
                return; // the verdict says which
            }
            Thread.sleep(200);
            if (store.escalating() > 0 || !chat.isQuiet()) {
                since = Instant.now();
            }
        }
    }

    private static VerdictOnPeople.Notified notified(Stage on) throws IOException {
        return on.chat == null ? VerdictOnPeople.Notified.NOBODY : escalated(on);
    }

    private static Escalated escalated(Stage on) throws IOException {
        List<Down> downs = new ArrayList<>();
        for (Service service : on.services) {
            downs.addAll(service.downs());
        }
        return new StoredEscalations(on.store).read(on.chat.received(), downs);
    }

    private List<Finding> whoWasPaged(Stage on) throws IOException, InterruptedException {
        untilPaged(on.chat, on.store);
        Escalated record = escalated(on);
        say(record.escalations().size() + " escalations, " + record.pages().size() + " pages, "
                + on.chat.received().size() + " times to the chat server " + on.chat.answers());
        List<Ticket> tickets = on.redmine.issues().stream()
                .map(issue -> new Ticket(issue, on.redmine.id("field_alert_id"), on.redmine.id("field_level")))
                .toList();
        if (options.prove() && !new ProofOnPages(record, tickets).holds()) {
            troubles.add("the verdict does not see all that is wrong with pages");
        }
        return Stream.concat(
                        new VerdictOnPages(record).findings().stream(),
                        new VerdictOnEscalations(record).findings(tickets).stream())
                .toList();
    }

    /** All that took part. @param mackerel null where no webhook is lost. @param chat null where nobody is paged */
    private record Stage(
            History history,
            Schedule schedule,
            Redmine redmine,
            Proxy proxy,
            Mackerel mackerel,
            Chat chat,
            Store store,
            Driver driver,
            List<Service> services,
            People people) {}

    private List<Finding> ofTickets(Stage on) throws IOException, InterruptedException {
        List<JsonNode> issues = on.redmine.issues();
        if (options.losesWebhooks()) {
            return new VerdictByApi(on.history, on.redmine, issues).findings();
        }
        if (!options.groups()) {
            return new Verdict(on.history, on.redmine, issues).findings();
        }
        VerdictOnIncidents ofIncidents = new VerdictOnIncidents(on.history, on.redmine, issues);
        say(ofIncidents.toString());
        return Stream.concat(
                        new Verdict(on.history, on.redmine, ofIncidents.otherIssues(), ofIncidents.lines())
                                .findings().stream(),
                        ofIncidents.findings().stream())
                .toList();
    }

    private boolean judge(Stage on) throws IOException, InterruptedException {
        say("all is quiet");
        List<Finding> ofPeople = whoIsOnWhat(on);
        List<Finding> ofPages = on.chat == null ? List.of() : whoWasPaged(on);
        List<Finding> ofTickets = ofTickets(on);
        Result result = new Result(
                options,
                started,
                Duration.between(started, Instant.now()),
                on.driver,
                on.schedule,
                on.proxy.entries().size(),
                on.proxy.faults(),
                on.mackerel,
                on.people.acts(),
                Stream.of(ofTickets, ofPeople, ofPages).flatMap(List::stream).toList());
        troubles.addAll(on.driver.strange());
        on.store.parked().forEach(parked -> troubles.add("parked: " + parked));
        if (on.proxy.brokeItsPromise()) {
            troubles.add(
                    "this machine is too slow: Redmine did a write later than redmine.settle-time allows, so this run says nothing");
        }
        say(result.toString());
        if (options.prove() && !new Proof(on.history, on.redmine, result.findings(), work).holds()) {
            troubles.add("the verdict does not see all that is wrong");
        }
        if (troubles.isEmpty() && result.isWell()) {
            Commands.run("rm", "-rf", work.toString());
        } else {
            troubles.forEach(trouble -> say("WRONG: " + trouble));
            Map<String, Path> logs = new TreeMap<>();
            on.services.forEach(service -> logs.put(service.name, service.log()));
            if (on.chat != null) {
                Files.write(
                        work.resolve("pages.log"),
                        on.chat.received().stream().map(Object::toString).toList());
            }
            new Report(work, on.proxy.entries(), on.store, logs).write(result.findings());
            say("FAILED. What there is to look at: " + work + "; once more: " + options);
        }
        if (options.record()) {
            Page.add(result);
        }
        return troubles.isEmpty() && result.isWell();
    }

    private void say(String what) {
        System.out.printf(
                "[%4ds] %s%n", Duration.between(started, Instant.now()).toSeconds(), what);
    }
}
