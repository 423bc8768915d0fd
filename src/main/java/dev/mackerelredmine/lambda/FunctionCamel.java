package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.camel.ConfigurationErrors;
import dev.mackerelredmine.camel.PolicyCheck;
import dev.mackerelredmine.camel.PolicySteps;
import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.camel.TicketChanges;
import dev.mackerelredmine.reconcile.Reconciler;
import dev.mackerelredmine.redmine.RedmineBreaker;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.redmine.check.RedmineCheck;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.Deliveries;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.webhook.ProblemDetails;
import dev.mackerelredmine.webhook.ProblemDetails.ProblemDetail;
import dev.mackerelredmine.webhook.gate.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel for as long as a function's environment lives: the routes that keep and deliver, without ports and timers, because nothing runs
 * there between two events.
 *
 * <p>With {@code store.url} (a PostgreSQL) what is kept stays, as in the service. Without it the store is forgotten before each event: an
 * event is then either delivered, or not taken, and whoever sent it has it still.
 */
public final class FunctionCamel implements Function {

    /** Less than the service has, because the function itself has 20 s. As a variable each may be set otherwise. */
    private static final Map<String, String> IN_A_FUNCTION = Map.of(
            "redmine.connect-timeout", "2s",
            "redmine.response-timeout", "6s",
            "ticket.graphs", "false");

    private static final String NO_INCIDENTS =
            "a function makes no incidents, and each alert has a ticket of its own: an"
                    + " incident is ended by a timer, and only the service has timers";

    private static final Logger LOG = LoggerFactory.getLogger(FunctionCamel.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProblemDetails PROBLEMS = new ProblemDetails();

    private final ProducerTemplate routes;
    private final Store store;
    private final Deliveries deliveries;
    private final RedmineBreaker breaker;
    private final Keys keys;
    private final PolicyCheck policy;
    private final RedmineCheck redmine;
    private final Optional<Reconciler> reconciler;
    private final boolean namesIncidents;
    private final boolean remembers;

    private FunctionCamel(Main main, boolean remembers) throws Exception {
        routes = main.getCamelContext().createProducerTemplate();
        store = main.getCamelContext().getRegistry().findSingleByType(Store.class);
        deliveries = main.getCamelContext().getRegistry().findSingleByType(Deliveries.class);
        breaker = main.getCamelContext().getRegistry().findSingleByType(RedmineBreaker.class);
        keys = new Keys(main.getCamelContext()
                .getRegistry()
                .findSingleByType(Settings.class)
                .keys());
        policy = new PolicyCheck(main.getCamelContext());
        redmine = main.getCamelContext().getRegistry().findSingleByType(RedmineCheck.class);
        reconciler = Optional.ofNullable(main.getCamelContext().getRegistry().findSingleByType(Reconciler.class));
        namesIncidents = PolicySteps.set("ticket.incident", main.getCamelContext());
        this.remembers = remembers;
        if (namesIncidents) {
            LOG.warn("The routing policy sets ticket.incident: {}", NO_INCIDENTS);
        }
    }

    /** Refuses settings that cannot work. */
    public static FunctionCamel start(Map<String, String> variables) {
        try {
            Main main = Routes.withoutPorts(
                    "beans/1-all",
                    "beans/2-store",
                    "beans/4-mackerel",
                    "policy",
                    "ticket-changed",
                    "engine/*",
                    "preview/*");
            main.addMainListener(new MainListenerSupport() {
                @Override
                public void afterConfigure(BaseMainSupport configured) {
                    refuseActions(configured.getCamelContext());
                }
            });
            main.setShutdownStrategy(new SimpleMainShutdownStrategy());
            IN_A_FUNCTION.forEach((setting, value) -> {
                if (!variables.containsKey(SettingNames.variable(setting))) {
                    main.addOverrideProperty(setting, value);
                }
            });
            String url = variables.getOrDefault("STORE_URL", "").strip();
            refuseWhatIsNotDoneHere(url, variables);
            main.addOverrideProperty("has-timers", "false");
            if (url.isEmpty()) {
                main.addOverrideProperty("store.url", "jdbc:sqlite:" + temporary());
                main.addOverrideProperty("store-remembers", "false");
            }
            Routes.start(main);
            return new FunctionCamel(main, !url.isEmpty());
        } catch (Exception e) {
            throw ConfigurationErrors.in(e).orElseGet(() -> new IllegalStateException(e));
        }
    }

    private static void refuseWhatIsNotDoneHere(String storeUrl, Map<String, String> variables) {
        if (storeUrl.startsWith("jdbc:sqlite")) {
            throw new SettingsException(
                    List.of("store.url (STORE_URL) is a file, and a function's files are forgotten: set a PostgreSQL,"
                            + " or nothing"));
        }
        if (storeUrl.isEmpty() && variables.containsKey("STORE_URL")) {
            throw new SettingsException(List.of("STORE_URL is set to nothing: leave it out, or set a PostgreSQL"));
        }
        if (storeUrl.isEmpty() && isSet(variables, "MACKEREL_APIKEY", "MACKEREL_APIKEY_FILE")) {
            throw new SettingsException(
                    List.of("mackerel.apikey (MACKEREL_APIKEY) needs store.url (STORE_URL): what Mackerel"
                            + " has can be compared only with what is remembered"));
        }
        if (isSet(variables, "MACKEREL_MEMO", "MACKEREL_HEARTBEAT_SERVICE")) {
            throw new SettingsException(
                    List.of("mackerel.memo and mackerel.heartbeat-service are for the service: no timer"
                            + " runs in a function that would write them"));
        }
    }

    private static boolean isSet(Map<String, String> variables, String... names) {
        return Stream.of(names)
                .anyMatch(name -> !variables.getOrDefault(name, "").isBlank());
    }

    /** No timer runs here, so nothing would ever run what is queued. */
    private static void refuseActions(CamelContext camelContext) {
        if (TicketChanges.areWanted(camelContext)) {
            throw new SettingsException(
                    List.of("routes/ticket-changed.camel.yaml has steps, and only the service runs them:"
                            + " a function does not. Deploy the file as it was shipped"));
        }
    }

    private static String temporary() throws IOException {
        return Files.createTempDirectory("mackerel-redmine").resolve("store.db").toString();
    }

    @Override
    public boolean mayPost(List<String> apiKeys, List<String> authorizations) {
        return keys.areNone() || keys.shown(apiKeys, authorizations) != Keys.NONE;
    }

    @Override
    public Answer noKey() {
        return problem(PROBLEMS.noKey());
    }

    @Override
    public Answer noPost() {
        return problem(PROBLEMS.noPost());
    }

    /** One at a time: without a store that remembers there is room for one. */
    @Override
    public synchronized Answer take(byte[] body, String channel, Deadline deadline) {
        if (!remembers) {
            store.forgetAll();
        }
        Exchange kept = routes.send("direct:keep", exchange -> {
            exchange.setVariable("channel", channel);
            exchange.getMessage().setBody(body);
        });
        Integer refused = kept.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (refused != null) {
            return new Answer(
                    refused, "application/problem+json", kept.getMessage().getBody(String.class));
        }
        String receipt = json(kept.getMessage().getBody());
        deliver(deadline);
        return remembers || isAllDelivered() ? Answer.taken(receipt) : problem(PROBLEMS.notDelivered());
    }

    private boolean isAllDelivered() {
        Backlog backlog = deliveries.backlog();
        return backlog.waiting() == 0 && backlog.parked() == 0;
    }

    @Override
    public List<Finding> check() {
        Finding life = remembers
                ? Finding.ok("store.url", "what came in is kept there, and tickets have their whole life")
                : Finding.note(
                        "store.url",
                        "is not set: an alert has one ticket and its end is noted, and nothing in between; let a queue keep"
                                + " what Redmine has not taken");
        List<Finding> findings = new ArrayList<>(List.of(life, policy.finding()));
        if (namesIncidents) {
            findings.add(Finding.note("ticket.incident", NO_INCIDENTS));
        }
        findings.addAll(redmine.findings());
        return List.copyOf(findings);
    }

    /** By the function's schedule; mackerel.reconcile-interval says how often at most. */
    @Override
    public synchronized void reconcile(Deadline deadline) {
        reconciler.ifPresent(it -> it.pollUntil(deadline::isNear));
    }

    @Override
    public synchronized void deliver(Deadline deadline) {
        if (!breaker.isClosed()) {
            send("direct:breaker-probe");
        }
        Exchange last;
        do {
            last = send("direct:deliver-next");
        } while (last.getVariable("problem") != null && !deadline.isNear());
    }

    private static Answer problem(ProblemDetail problem) {
        return new Answer(problem.status(), "application/problem+json", json(problem));
    }

    private Exchange send(String route) {
        return routes.send(route, exchange -> {});
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
