package dev.mackerelredmine;

import dev.mackerelredmine.explain.Explanation;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.notice.DeliveryRate;
import dev.mackerelredmine.notice.OperatorNotices;
import dev.mackerelredmine.notice.RefusedPosts;
import dev.mackerelredmine.notice.Waiting;
import dev.mackerelredmine.observe.DeliveryHealth;
import dev.mackerelredmine.observe.KeyCounter;
import dev.mackerelredmine.observe.LogFormat;
import dev.mackerelredmine.observe.ManagementLogin;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.observe.RedmineRequests;
import dev.mackerelredmine.observe.RunningFigures;
import dev.mackerelredmine.observe.StoreHealth;
import dev.mackerelredmine.observe.StoreMeters;
import dev.mackerelredmine.operate.Operations;
import dev.mackerelredmine.operate.PauseNotices;
import dev.mackerelredmine.operate.StatusReader;
import dev.mackerelredmine.reconcile.PollReport;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.report.ReportScreen;
import dev.mackerelredmine.report.WeeklyReport;
import dev.mackerelredmine.settings.ManagementSettings;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Actions;
import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Openings;
import dev.mackerelredmine.store.Retention;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.write.TicketWriter;
import dev.mackerelredmine.trends.AlertsScreen;
import dev.mackerelredmine.trends.TrendsReader;
import dev.mackerelredmine.trends.TrendsScreen;
import dev.mackerelredmine.watch.PeopleReader;
import dev.mackerelredmine.watch.RedmineWatch;
import dev.mackerelredmine.watch.UnansweredNotices;
import dev.mackerelredmine.web.AlertViews;
import dev.mackerelredmine.web.RedmineSide;
import dev.mackerelredmine.web.Site;
import dev.mackerelredmine.web.Standing;
import dev.mackerelredmine.web.Standings;
import dev.mackerelredmine.web.Trial;
import dev.mackerelredmine.webhook.gate.ApiKeys;
import dev.mackerelredmine.webhook.gate.Gate;
import dev.mackerelredmine.webhook.gate.MackerelAddresses;
import dev.mackerelredmine.webhook.gate.PlainUtf8;
import dev.mackerelredmine.webhook.gate.UsagePlan;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes of the settings the objects that only the service has. Apart from {@link Beans}, because Camel looks at all methods of a class, and
 * what some of these answer needs the server, which a Lambda function does without.
 */
public final class ServiceBeans {

    private static final int PORTS = 2;

    /** Camel lets it answer one question after the other. */
    private static final int WORKERS_OF_THE_MANAGEMENT_PORT = 2;

    private ServiceBeans() {}

    /**
     * For both ports: Camel's servers take the one that there is. Each has a thread for what comes in, and the webhook has workers of its own.
     * Camel makes the beans of YAML files twice at start, and a server may hold the first by then: so both are the same.
     */
    public static Vertx vertx(Settings settings) {
        ExtendedCamelContext context = settings.getCamelContext().getCamelContextExtension();
        if (context.getContextPlugin(Vertx.class) == null) {
            Vertx made = Vertx.vertx(
                    new VertxOptions().setEventLoopPoolSize(PORTS).setWorkerPoolSize(WORKERS_OF_THE_MANAGEMENT_PORT));
            context.addContextPlugin(Vertx.class, made);
            settings.getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext stopped) {
                    made.close().toCompletionStage().toCompletableFuture().join();
                }
            });
        }
        return context.getContextPlugin(Vertx.class);
    }

    /** In the order in which they are asked: the proxy's rule, the address, the key, the usage plan. */
    public static Gate gate(Settings settings, MackerelAddresses mackerel) {
        List<String> keys = settings.keys();
        ApiKeys apiKeys = new ApiKeys(keys, new KeyCounter(Meters.of(settings.getCamelContext()), keys.size())::count);
        UsagePlan usagePlan = new UsagePlan(
                apiKeys,
                new UsagePlan.Limits(
                        settings.gate().rate(),
                        settings.gate().burst(),
                        Objects.requireNonNullElse(settings.gate().quota(), 0)));
        return new Gate(Stream.concat(
                        settings.senders().checks(mackerel, !keys.isEmpty()),
                        Stream.of(apiKeys, usagePlan, new PlainUtf8()))
                .toList());
    }

    /** Kept beside the store's file; beside a store that has none, where that would be. */
    public static MackerelAddresses mackerelAddresses(Settings settings) {
        Counter changes = Counter.builder("mackerel.redmine.gate.address.changes")
                .description("How often Mackerel's own list of its addresses has changed")
                .register(Meters.of(settings.getCamelContext()));
        return new MackerelAddresses(
                Store.folder(settings.store().url()).resolve("mackerel-ip-ranges.json"), changes::increment);
    }

    public static ManagementLogin managementLogin(Settings settings) {
        ManagementSettings management = settings.management();
        return new ManagementLogin(
                new ManagementLogin.Login(management.user(), management.secret()),
                new ManagementLogin.Login(
                        management.reader().user(), management.reader().secret()),
                settings.getCamelContext());
    }

    public static Site site(
            Settings settings, Standings.Sources sources, RedmineBreaker breaker, RedmineRequests requests) {
        // Mackerel's part of it is made later, and only where Mackerel is asked.
        RedmineSide redmine = new RedmineSide(settings.isPreview() ? null : settings.address(), breaker::outage);
        Standings.Known known =
                new Standings.Known(redmine, requests.recent(), () -> mackerel(settings.getCamelContext()));
        Standings.Rules rules = new Standings.Rules(
                settings.ticket().unansweredAfter(), settings.redmine().maxRequestsPerSecond());
        Site.Parts parts = new Site.Parts(
                new Standings(sources, known, rules),
                new AlertViews(sources.store(), requests.recent(), redmine),
                new Trial(() -> explanation(settings), new NotificationReader(), Beans.clock(settings)),
                sources.operations());
        Site.Access access = new Site.Access(
                settings.management().user() != null, settings.management().host());
        return new Site(
                parts,
                List.of(
                        new TrendsScreen(new TrendsReader(sources.store().openings())),
                        new AlertsScreen(sources.store().openings(), redmine.address()),
                        new ReportScreen(weeklyReport(settings, sources.store()))),
                access,
                new Site.Display(settings.zone(), settings.isDemo()),
                Beans.clock(settings));
    }

    private static Explanation explanation(Settings settings) {
        Registry beans = settings.getCamelContext().getRegistry();
        return new Explanation(
                settings.getCamelContext(),
                settings,
                beans.findSingleByType(Lifecycle.class),
                beans.findSingleByType(TicketWriter.class));
    }

    private static Standing.Mackerel mackerel(CamelContext camelContext) {
        PollReport report = camelContext.getRegistry().findSingleByType(PollReport.class);
        return report == null
                ? null
                : new Standing.Mackerel(
                        report.lost(),
                        report.channel()
                                .map(state ->
                                        state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .orElse(null));
    }

    public static DeliveryHealth deliveryHealth(Settings settings, Deliveries deliveries, RedmineBreaker breaker) {
        return new DeliveryHealth(deliveries, breaker, settings.redmine().lease());
    }

    public static RedmineWatch redmineWatch(
            Settings settings, Store store, PeopleReader reader, RedmineBreaker breaker) {
        return new RedmineWatch(
                store,
                reader,
                new RedmineWatch.Limits(
                        () -> settings.watchInterval(settings.escalation().isOn()
                                && !store.escalations().running().isEmpty()),
                        settings.ticket().unansweredAfter()),
                () -> breaker.isClosed() && !settings.getCamelContext().isStopping(),
                Beans.clock(settings));
    }

    /** @param all to which these are added */
    public static UnansweredNotices unanswered(Settings settings, Store store, OperatorNotices all) {
        UnansweredNotices made = new UnansweredNotices(
                store,
                Beans.sentences(settings),
                settings.ticket().unansweredAfter(),
                settings.address(),
                Beans.clock(settings));
        if (!settings.isPreview()) {
            all.add(made);
        }
        return made;
    }

    public static Openings openings(Store store) {
        return store.openings();
    }

    public static WeeklyReport weeklyReport(Settings settings, Store store) {
        return new WeeklyReport(settings, store, Beans.sentences(settings), Beans.clock(settings));
    }

    /** What people do to deliveries. */
    public static Operations operations(Settings settings, Store store) {
        return new Operations(store, Beans.clock(settings));
    }

    public static StatusReader statusReader(Settings settings, Store store, RedmineBreaker breaker) {
        CamelContext context = settings.getCamelContext();
        return new StatusReader(
                store,
                new RunningFigures(
                        () -> Meters.of(context),
                        breaker,
                        () -> Optional.ofNullable(context.getRegistry().findSingleByType(PollReport.class))),
                StatusReader.Rules.of(settings),
                Beans.clock(settings));
    }

    /** @param all to which these are added */
    public static PauseNotices pauseNotices(Settings settings, Store store, OperatorNotices all) {
        PauseNotices made = new PauseNotices(store, Beans.sentences(settings), Beans.clock(settings));
        all.add(made);
        return made;
    }

    public static Actions actions(Store store) {
        return store.actions();
    }

    public static StoreMeters storeMeters(
            Settings settings, DeliveryRate rate, Store store, StoreHealth health, RedmineBreaker breaker) {
        return new StoreMeters(Meters.of(settings.getCamelContext()), rate, store, health, breaker);
    }

    public static DeliveryRate deliveryRate(Settings settings, Deliveries deliveries, RedmineBreaker breaker) {
        return new DeliveryRate(deliveries, breaker, settings.redmine().maxRequestsPerSecond());
    }

    public static Waiting waiting(Settings settings, DeliveryRate rate) {
        return new Waiting(rate, Beans.sentences(settings));
    }

    public static LogFormat logFormat(Settings settings) {
        return new LogFormat(settings.log().format().toString());
    }

    public static OperatorNotices notices(
            Settings settings, Store store, RedmineBreaker breaker, RefusedPosts refused, Waiting waiting) {
        Duration stuckAfter = settings.delivery().stuckAfter();
        return new OperatorNotices(store, breaker, refused, waiting, stuckAfter);
    }

    /** A ticket that may be opened again has to be known. */
    public static Retention retention(Settings settings, Store store) {
        Duration keep = settings.store().retention();
        Duration window = settings.ticket().reopenWindow();
        return store.retention(
                keep.compareTo(window) < 0 ? window : keep, settings.store().figuresRetention());
    }
}
