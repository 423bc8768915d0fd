package dev.mackerelredmine;

import dev.mackerelredmine.camel.OnCallNames;
import dev.mackerelredmine.camel.PolicySteps;
import dev.mackerelredmine.camel.PolicyVariables;
import dev.mackerelredmine.camel.TicketChanges;
import dev.mackerelredmine.demo.Demo;
import dev.mackerelredmine.incident.GroupingRules;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.observe.Meters;
import dev.mackerelredmine.observe.PeopleMeters;
import dev.mackerelredmine.observe.RedmineRequests;
import dev.mackerelredmine.observe.StepCounter;
import dev.mackerelredmine.paging.message.PageText;
import dev.mackerelredmine.paging.message.WebhookSigner;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.CountsAs;
import dev.mackerelredmine.people.How;
import dev.mackerelredmine.people.PersonsStep;
import dev.mackerelredmine.redmine.IssueSearch;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.redmine.WholeAnswer;
import dev.mackerelredmine.redmine.check.RedmineCheck;
import dev.mackerelredmine.redmine.check.Wanted;
import dev.mackerelredmine.settings.IncidentSettings;
import dev.mackerelredmine.settings.NotifySettings;
import dev.mackerelredmine.settings.Pem;
import dev.mackerelredmine.settings.RedmineSettings;
import dev.mackerelredmine.settings.Secret;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.StoreSettings;
import dev.mackerelredmine.settings.TicketSettings;
import dev.mackerelredmine.store.Backoff;
import dev.mackerelredmine.store.DatabaseClock;
import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Inbox;
import dev.mackerelredmine.store.Incidents;
import dev.mackerelredmine.store.ParkedAlerts;
import dev.mackerelredmine.store.Purpose;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.StoreAddress;
import dev.mackerelredmine.store.StoreOptions;
import dev.mackerelredmine.store.Tickets;
import dev.mackerelredmine.ticket.Lifecycle;
import dev.mackerelredmine.ticket.LifecycleRules;
import dev.mackerelredmine.ticket.TicketAction;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.OfficeHours;
import dev.mackerelredmine.ticket.policy.OnCall;
import dev.mackerelredmine.ticket.policy.Policy;
import dev.mackerelredmine.ticket.text.Sentences;
import dev.mackerelredmine.ticket.text.TicketText;
import dev.mackerelredmine.ticket.write.RefusedFields;
import dev.mackerelredmine.ticket.write.TicketFields;
import dev.mackerelredmine.ticket.write.TicketWriter;
import dev.mackerelredmine.ticket.write.WritingRules;
import dev.mackerelredmine.watch.PeopleReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Makes of the settings the objects that the service, a Lambda function and the commands share. {@code routes/beans/} calls its methods. */
public final class Beans {

    private static final Duration LONGEST_PROBE_WAIT = Duration.ofSeconds(30);

    private static final Duration LONGEST_POST_OF_A_PAGE = Duration.ofSeconds(20);

    private Beans() {}

    public static StoreOptions storeOptions(Settings settings) {
        String stream = settings.isPreview() ? "preview " + settings.started() : "redmine";
        Backoff backoff = new Backoff(
                settings.delivery().initialBackoff(), settings.delivery().maxBackoff());
        return new StoreOptions(
                storeAddress(settings),
                stream,
                settings.ticket().noteHostEvents(),
                backoff,
                settings.redmine().lease());
    }

    public static Store store(Settings settings, StoreOptions options, NotificationReader reader) {
        Store store = new Store(options, reader, clockOfStore(settings));
        store.onStep(new StepCounter(Meters.of(settings.getCamelContext()))::count);
        store.onAcknowledged(new PeopleMeters(Meters.of(settings.getCamelContext()))::acknowledged);
        store.queueAfter(
                Purpose.STEPS,
                action -> (TicketAction.CHANGES_OF_TICKETS.contains(action)
                                || PersonsStep.CHANGES_OF_TICKETS.contains(action))
                        && !settings.isPreview()
                        && TicketChanges.areWanted(settings.getCamelContext()));
        if (settings.mackerel().memo() && !settings.isPreview()) {
            store.queueAfter(
                    Purpose.MEMO,
                    action -> TicketAction.GIVE_A_TICKET.contains(action)
                            || action.equals(PersonsStep.ACKNOWLEDGE.toString()));
        }
        if (settings.ticket().closesAlerts() && !settings.isPreview()) {
            store.queueAfter(Purpose.CLOSE_ALERT, PersonsStep.CLOSED_BY_PERSON.toString()::equals);
        }
        return store;
    }

    public static Inbox inbox(Store store) {
        return store.inbox();
    }

    public static Deliveries deliveries(Store store) {
        return store.deliveries();
    }

    /** A function ends no incident, because it has no timers: so it makes none. */
    public static Incidents incidents(Settings settings, Store store) {
        IncidentSettings set = settings.incident();
        return store.incidents(new Incidents.Rules(
                new GroupingRules(alertsOfAnIncident(settings), set.window(), set.maxAge(), set.children()),
                set.quiet()));
    }

    /** Zero where none is made. */
    private static int alertsOfAnIncident(Settings settings) {
        boolean isService = settings.getCamelContext()
                .getPropertiesComponent()
                .resolveProperty("has-timers")
                .isEmpty();
        return isService ? settings.incident().after() : 0;
    }

    public static ParkedAlerts parkedAlerts(Store store) {
        return store.parked();
    }

    /** A function that forgets its store has nobody on a ticket. */
    public static PeopleReader whoIsOnIt(Settings settings, Store store) {
        Set<How> counts =
                settings.ticket().acknowledgedBy().stream().map(CountsAs::how).collect(Collectors.toSet());
        AcknowledgementRule rule =
                new AcknowledgementRule(counts, settings.ticket().ignoreUsers());
        return new PeopleReader(
                store, rule, settings.report().verdictField(), !settings.isPreview() && remembers(settings));
    }

    public static Tickets tickets(Store store) {
        return store.tickets();
    }

    public static RedmineRequests redmineRequests(Settings settings) {
        return new RedmineRequests(
                () -> Meters.of(settings.getCamelContext()),
                URI.create(settings.address()).getPath());
    }

    /** How requests to Redmine are made: counted, and each with an end. */
    public static HttpClientConfigurer redmineClient(Settings settings, RedmineRequests requests) {
        WholeAnswer whole = new WholeAnswer(settings.redmine().longestRequest());
        return client -> {
            client.addExecInterceptorFirst("whole answers", whole);
            requests.configureHttpClient(client);
        };
    }

    /** For Redmine alone: with redmine.ca its authorities are trusted, and no others. */
    public static SSLContextParameters redmineTls(Settings settings) {
        SSLContextParameters tls = new SSLContextParameters();
        settings.file("redmine.ca").ifPresent(ca -> {
            TrustManagersParameters trusted = new TrustManagersParameters();
            trusted.setTrustManager(Pem.trusting(ca));
            tls.setTrustManagers(trusted);
        });
        return tls;
    }

    /** Redmine's return is to be noticed soon, however long a single problem waits. */
    public static RedmineBreaker redmineBreaker(Settings settings) {
        Duration longest = settings.delivery().maxBackoff();
        return new RedmineBreaker(
                settings.delivery().initialBackoff(),
                longest.compareTo(LONGEST_PROBE_WAIT) < 0 ? longest : LONGEST_PROBE_WAIT);
    }

    public static Lifecycle lifecycle(Settings settings) {
        return new Lifecycle(
                new LifecycleRules(
                        settings.redmine().settleTime(),
                        settings.ticket().reopenWindow(),
                        settings.ticket().closeOnRecovery(),
                        settings.ticket().resendNoteInterval(),
                        settings.ticket().alertGroups(),
                        settings.redmine().closedStatus(),
                        settings.redmine().reopenedStatus(),
                        settings.ticket().fieldPolicy().status(),
                        settings.redmine().customField().level(),
                        remembers(settings)),
                clockOfStore(settings));
    }

    public static OfficeHours officeHours(Settings settings) {
        return new OfficeHours(settings.ticket().holidays());
    }

    /** Rotas are read only where a policy, or redmine.assigned, names one. */
    public static PolicyVariables policyVariables(Settings settings) {
        OnCallNames onCall = new OnCallNames(
                settings.escalation().isOn() ? PagingBeans.fileOfPolicies(settings) : null, clock(settings));
        return new PolicyVariables(onCall, settings.redmine().assigned());
    }

    public static IssueSearch issueSearch(Settings settings) {
        return new IssueSearch(settings.redmine().customField().alertId());
    }

    public static TicketText ticketText(Settings settings) {
        return new TicketText(settings.texts(), settings.redmine().textFormat(), settings.zone());
    }

    public static TicketChanges ticketChanges(Settings settings, TicketText text) {
        return new TicketChanges(settings.address(), text, settings.getCamelContext());
    }

    public static TicketWriter ticketWriter(Settings settings, TicketText text, RedmineNames names) {
        RedmineSettings.CustomField fields = settings.redmine().customField();
        TicketSettings.FieldPolicies policies = settings.ticket().fieldPolicy();
        WritingRules rules = new WritingRules(
                new TicketFields(fields.monitor(), fields.level(), fields.host(), fields.alertId()),
                new FieldPolicy.OfFields(
                        policies.status(),
                        policies.priority(),
                        policies.assignee(),
                        policies.subject(),
                        policies.level()),
                settings.redmine().closedStatus(),
                Arrays.stream(AlertStatus.values())
                        .collect(Collectors.toMap(Function.identity(), status -> policy(settings, status))),
                Map.copyOf(settings.redmine().field()));
        return new TicketWriter(text, rules, names, new RefusedFields());
    }

    /** What a policy starts from. A preview may do without a project. Who is on call is known only when it is asked. */
    private static Policy policy(Settings settings, AlertStatus status) {
        String assigned = settings.redmine().assigned();
        return new Policy(
                Objects.requireNonNullElse(settings.redmine().project(), "-"),
                settings.redmine().tracker(),
                settings.redmine().status(),
                settings.text("redmine.priority." + status).orElse(null),
                OnCall.isMeant(assigned) ? null : assigned,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A test may set the time. */
    static InstantSource clock(Settings settings) {
        InstantSource set = settings.getCamelContext().getRegistry().findSingleByType(InstantSource.class);
        return set == null ? Clock.systemUTC() : set;
    }

    /** The machine's, but in a demonstration, in which weeks pass at once. */
    private static Clock clockOfStore(Settings settings) {
        Clock set = settings.getCamelContext().getRegistry().lookupByNameAndType(Demo.CLOCK, Clock.class);
        return set == null ? Clock.systemUTC() : set;
    }

    public static RedmineCheck redmineCheck(Settings settings) {
        DatabaseClock clock = new DatabaseClock(storeAddress(settings));
        return new RedmineCheck(
                wanted(settings),
                settings.getCamelContext(),
                clock.isOfAServer() ? Optional.of(clock::ahead) : Optional.empty(),
                () -> alertsOfAnIncident(settings) > 0
                        && PolicySteps.set("ticket.incident", settings.getCamelContext()));
    }

    private static Wanted wanted(Settings settings) {
        Map<String, String> ofRedmine = new LinkedHashMap<>();
        SettingNames.ALL.stream()
                .filter(name -> name.startsWith("redmine.") && !SettingNames.SECRETS.contains(name))
                .forEach(name -> ofRedmine.put(name, settings.text(name).orElse("")));
        settings.redmine().field().forEach((number, value) -> ofRedmine.put("redmine.field." + number, value));
        return new Wanted(
                settings.text("redmine.url").isPresent() ? "redmine.url" : "redmine.ip", settings.address(), ofRedmine);
    }

    public static NotifySettings notifySettings(Settings settings) {
        return settings.notifySettings();
    }

    /** How a page is posted: with an end, whatever answers. */
    public static HttpClientConfigurer pageClient() {
        WholeAnswer whole = new WholeAnswer(LONGEST_POST_OF_A_PAGE);
        return client -> client.addExecInterceptorFirst("whole answers", whole);
    }

    public static WebhookSigner webhookSigner(Settings settings) {
        Secret secret = settings.notifySettings().webhook().secret();
        return new WebhookSigner(secret == null ? null : secret.value());
    }

    public static PageText pageText(Settings settings) {
        return new PageText(sentences(settings));
    }

    static Sentences sentences(Settings settings) {
        return new Sentences(settings.texts().words(), settings.zone());
    }

    private static StoreAddress storeAddress(Settings settings) {
        StoreSettings store = settings.store();
        return new StoreAddress(store.url(), store.user(), store.secret());
    }

    /** Where a function has no store but the one that it makes for each event, its handler says so. */
    private static boolean remembers(Settings settings) {
        return settings.getCamelContext()
                .getPropertiesComponent()
                .resolveProperty("store-remembers")
                .map(Boolean::parseBoolean)
                .orElse(true);
    }
}
