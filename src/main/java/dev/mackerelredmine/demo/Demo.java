package dev.mackerelredmine.demo;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.demo.Happening.Act;
import dev.mackerelredmine.demo.Happening.Kept;
import dev.mackerelredmine.demo.Happening.Post;
import dev.mackerelredmine.demo.Happening.Promise;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.paging.Escalating;
import dev.mackerelredmine.paging.Paging;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.CountsAs;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.preview.Previews;
import dev.mackerelredmine.redmine.preview.Previews.Preview;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Incidents;
import dev.mackerelredmine.store.Problem;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.AlertHistory;
import dev.mackerelredmine.watch.PeopleReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.Main;

/**
 * The service in preview, in a store of its own in which eight weeks have passed. The weeks pass through the service's own routes, while its
 * clock is set; then its timers start. No setting of this machine counts, no file of its routes, and nothing is sent.
 */
public final class Demo {

    /** By this name what is kept finds the clock. */
    public static final String CLOCK = "store-clock";

    /** What may be set all the same. */
    private static final Set<String> MAY_BE_SET =
            Set.of("server.port", "management.port", "ticket.time-zone", "ticket.language");

    private static final String LOCAL = "127.0.0.1";

    /** Its weeks pass without them; afterwards they do what they do in any service. */
    private static final String WAIT = "timer:*,seda:*";

    /** What is parked stays parked until a person acts, the network is not asked for anything, and there is no operator to notify. */
    private static final Set<String> NEVER_START =
            Set.of("parked-poll", "gate-refresh", "check-redmine", "report-poll", "notices-poll", "backlog-poll");

    /** When the steps of the policy are due (escalation.yaml), its escalations end, and an incident is over. */
    private static final List<Duration> POLLS = Stream.of(0, 5, 12, 15, 30)
            .map(minutes -> Duration.ofMinutes(minutes).plusSeconds(5 + minutes))
            .toList();

    private final Path folder;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final DemoClock clock = new DemoClock(now.minus(Duration.ofDays(Story.DAYS + 1)));
    private final Main main;
    private final NotificationReader notifications = new NotificationReader();
    private final CounterMeasureTickets measures =
            new CounterMeasureTickets(() -> bean(Settings.class).zone());
    private final Map<String, Long> issues = new HashMap<>();
    private ProducerTemplate routes;
    private Store store;
    private TicketsOfPeople tickets;

    private Demo(Path folder) throws IOException {
        this.folder = folder;
        main = Routes.asShipped(Map.of("policy", "demo/policy", "engine/redmine-http", "demo/redmine"));
        main.bind(CLOCK, clock);
        main.bind(CounterMeasureTickets.NAME, measures);
        main.configure().withAutoStartupExcludePattern(WAIT);
        Path escalation = folder.resolve("escalation.yaml");
        try (InputStream shipped = Demo.class.getResourceAsStream("/demo/escalation.yaml")) {
            Files.copy(Objects.requireNonNull(shipped), escalation);
        }
        Map.of(
                        "is-demo",
                        "true",
                        "redmine.project",
                        CounterMeasureTickets.PROJECT,
                        "report.tracker",
                        CounterMeasureTickets.TRACKER,
                        "store.url",
                        "jdbc:sqlite:" + folder.resolve("demo.db"),
                        "escalation.file",
                        escalation.toString(),
                        "server.host",
                        LOCAL,
                        "management.host",
                        LOCAL)
                .forEach(main::addOverrideProperty);
    }

    /**
     * In a new folder, not started yet.
     *
     * @throws SettingsException where a setting of the environment would count
     */
    public static Demo make() throws IOException {
        refuseSettings(System.getenv());
        return new Demo(Files.createTempDirectory("mackerel-redmine-demo"));
    }

    static void refuseSettings(Map<String, String> environment) {
        String set = SettingNames.ALL.stream()
                .filter(name -> !MAY_BE_SET.contains(name))
                .map(SettingNames::variable)
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!set.isEmpty()) {
            throw new SettingsException(List.of("a demonstration takes no settings but "
                    + MAY_BE_SET.stream().map(SettingNames::variable).sorted().collect(Collectors.joining(", "))
                    + ", and these environment variables are set: " + set + ". Unset them for it, as by env -u NAME"));
        }
    }

    public Main main() {
        return main;
    }

    public Path folder() {
        return folder;
    }

    /** Has the weeks pass, when all has started; then the service goes on by itself. */
    public void fill() throws Exception {
        CamelContext context = main.getCamelContext();
        Settings settings = bean(Settings.class);
        routes = context.createProducerTemplate();
        store = bean(Store.class);
        tickets = new TicketsOfPeople(reader(settings));
        List<Happening> story = Story.of(now, settings.zone());
        PriorityQueue<Instant> polls = new PriorityQueue<>();
        for (Happening happening : story) {
            pollUntil(happening.at(), polls);
            clock.set(happening.at());
            if (happening instanceof Post post) {
                take(post);
                if (post.escalates()) {
                    POLLS.forEach(after -> polls.add(post.at().plus(after)));
                }
            } else if (happening instanceof Act act && issues.containsKey(act.alert())) {
                tickets.act(issues.get(act.alert()), act);
                poll();
            } else if (happening instanceof Promise promise) {
                long number = bean(Previews.class).number();
                measures.make(number, promise.subject(), promise.assignee(), promise.due(), promise.at());
            } else if (happening instanceof Kept kept) {
                measures.close(kept.subject(), kept.at());
            }
        }
        pollUntil(now, polls);
        clock.set(now);
        refuseAgain(story);
        store.openings().sumUp();
        clock.letGo();
        for (Route route : context.getRoutes()) {
            boolean waits =
                    !context.getRouteController().getRouteStatus(route.getId()).isStarted();
            if (waits && !NEVER_START.contains(route.getId())) {
                context.getRouteController().startRoute(route.getId());
            }
        }
    }

    private PeopleReader reader(Settings settings) {
        Set<How> counts =
                settings.ticket().acknowledgedBy().stream().map(CountsAs::how).collect(Collectors.toSet());
        return new PeopleReader(store, new AcknowledgementRule(counts, Set.of()), null, true);
    }

    private <T> T bean(Class<T> type) {
        return main.getCamelContext().getRegistry().findSingleByType(type);
    }

    private void take(Post post) {
        deliver();
        store.inbox().keep(notifications.read(post.json().getBytes(StandardCharsets.UTF_8)), "/mackerel");
        clock.set(post.at().plusSeconds(2));
        if (post.refused() == null) {
            deliver();
            bean(Previews.class).last().stream()
                    .filter(preview -> preview.alert().endsWith("/" + post.alert()))
                    .mapToLong(Preview::number)
                    .findFirst()
                    .ifPresent(issue -> issues.put(post.alert(), issue));
        } else {
            park(post);
        }
    }

    private void deliver() {
        Exchange last;
        do {
            last = routes.send("direct:deliver-next", exchange -> {});
        } while (last.getVariable("problem") != null);
    }

    /** As the service does with what Redmine refuses; a preview refuses nothing. */
    private void park(Post post) {
        Problem problem = store.deliveries().claim();
        for (long alert : store.deliveries().undelivered(problem)) {
            AlertHistory history = store.deliveries().history(problem, alert);
            String why = "Redmine refuses it (422): " + post.refused();
            store.parked().park(problem, history, "legacy", new ParkedException(why));
        }
        store.deliveries().delivered(problem);
    }

    /** The last try was just now. */
    private void refuseAgain(List<Happening> story) {
        story.stream()
                .filter(Post.class::isInstance)
                .map(Post.class::cast)
                .filter(post -> post.refused() != null)
                .forEach(post -> {
                    deliver();
                    store.parked().tryNext();
                    park(post);
                });
    }

    private void pollUntil(Instant time, PriorityQueue<Instant> polls) {
        while (!polls.isEmpty() && polls.peek().isBefore(time)) {
            Instant next = polls.poll();
            if (next.isAfter(clock.instant())) {
                clock.set(next);
                poll();
            }
        }
    }

    /** What timers do. */
    private void poll() {
        bean(Incidents.class).endQuiet();
        deliver();
        bean(Escalating.class).poll();
        if (bean(Paging.class).next() != null) {
            throw new IllegalStateException("a preview sends no page");
        }
    }
}
