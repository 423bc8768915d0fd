package dev.mackerelredmine;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.notice.OperatorNotices;
import dev.mackerelredmine.observe.MackerelMeters;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.paging.Auditor;
import dev.mackerelredmine.reconcile.Heartbeat;
import dev.mackerelredmine.reconcile.Limits;
import dev.mackerelredmine.reconcile.MackerelNotices;
import dev.mackerelredmine.reconcile.OurChannel;
import dev.mackerelredmine.reconcile.PollReport;
import dev.mackerelredmine.reconcile.Reconciler;
import dev.mackerelredmine.settings.MackerelSettings;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.store.Actions;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.writeback.Closings;
import dev.mackerelredmine.writeback.Memos;
import dev.mackerelredmine.writeback.WriteBack;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Makes of the settings what asks Mackerel. Apart from the others, because its classes are needed only where mackerel.apikey is set. */
public final class MackerelBeans {

    private MackerelBeans() {}

    public static PollReport pollReport(Settings settings) {
        return new PollReport(Beans.clock(settings));
    }

    public static RequestBudget budget(Settings settings) {
        return new RequestBudget(Beans.clock(settings));
    }

    public static MackerelMeters meters(Settings settings, PollReport report) {
        return new MackerelMeters(() -> Meters.of(settings.getCamelContext()), report);
    }

    public static MackerelApi api(Settings settings, RequestBudget budget, MackerelMeters meters) {
        MackerelSettings mackerel = settings.mackerel();
        return new MackerelApi(mackerel.url(), mackerel.isAsked() ? mackerel.key() : "", budget, meters);
    }

    public static Reconciler reconciler(
            Settings settings, Store store, MackerelApi api, RequestBudget budget, PollReport report) {
        MackerelSettings mackerel = settings.mackerel();
        Limits limits = new Limits(mackerel.reconcileInterval(), mackerel.lookBack(), mackerel.foundMax());
        return Reconciler.of(
                new Reconciler.Mackerel(api, budget, () -> ours(settings), site(mackerel)),
                new Reconciler.Ours(store, new NotificationReader(), report),
                limits,
                Beans.clock(settings));
    }

    /** @param all to which these are added */
    public static MackerelNotices notices(Settings settings, Store store, PollReport report, OperatorNotices all) {
        MackerelNotices made = new MackerelNotices(
                store, report, Beans.sentences(settings), settings.delivery().stuckAfter(), site(settings.mackerel()));
        all.add(made);
        return made;
    }

    public static WriteBack writeBack(Settings settings, Actions actions, MackerelApi api, RequestBudget budget) {
        MackerelApi beside = api.besidePolls();
        return new WriteBack(
                actions,
                budget,
                List.of(
                        new Closings(beside, settings.ticket().closeClosesAlert()),
                        new Memos(beside, settings.address())));
    }

    public static Heartbeat heartbeat(Settings settings, MackerelApi api, Store store) {
        return new Heartbeat(
                api.besidePolls(),
                store.deliveries(),
                () -> attention(settings, store),
                settings.mackerel().heartbeatService());
    }

    private static Heartbeat.Attention attention(Settings settings, Store store) {
        Auditor auditor = settings.getCamelContext().getRegistry().findSingleByType(Auditor.class);
        Instant now = Beans.clock(settings).instant();
        return new Heartbeat.Attention(
                store.people().unanswered(now, settings.ticket().unansweredAfter()),
                auditor == null ? 0 : auditor.stuck());
    }

    static OurChannel ours(Settings settings) {
        return new OurChannel(settings.mackerel().channel(), Routes.webhookPaths(settings.getCamelContext()));
    }

    /** Where people see what the API shows. KCPS has both at one address. */
    static String site(MackerelSettings mackerel) {
        String address = mackerel.url().replaceAll("/+$", "");
        return "api.mackerelio.com".equals(URI.create(address).getHost()) ? "https://mackerel.io" : address;
    }
}
