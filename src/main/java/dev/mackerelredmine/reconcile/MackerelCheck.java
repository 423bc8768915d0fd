package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.ApiChannel;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import dev.mackerelredmine.mackerelapi.MackerelException.Kind;
import dev.mackerelredmine.mackerelapi.RequestBudget;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.settings.MackerelSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that Mackerel's API answers, and that our channel there works. It changes nothing. */
public final class MackerelCheck {

    private static final String KEY = "mackerel.apikey";
    private static final String CHANNEL = "webhook channel";
    private static final String WRITE = "mackerel.apikey writes";

    /** No alert has such an id: who may write is answered 404, who may not 403 (api-docs/alerts "Update Alert"). */
    private static final String NO_ALERT = "mackerel-redmine-check";

    private final MackerelApi api;
    private final OurChannel ours;
    private final boolean mustWrite;

    private MackerelCheck(MackerelApi api, OurChannel ours, boolean mustWrite) {
        this.api = api;
        this.ours = ours;
        this.mustWrite = mustWrite;
    }

    /**
     * @param paths on which we listen
     * @param closes whether alerts are closed there
     */
    public static MackerelCheck of(MackerelSettings settings, Set<String> paths, boolean closes) {
        RequestBudget budget = new RequestBudget(Clock.systemUTC());
        MackerelApi api = new MackerelApi(settings.url(), settings.key(), budget, (method, path, outcome, time) -> {});
        return new MackerelCheck(
                api,
                new OurChannel(settings.channel(), paths),
                closes || settings.memo() || settings.heartbeatService() != null);
    }

    /** All that there is to say, in the order in which a person would correct it. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(Finding.ok(KEY, "is a key of the organization " + api.organization()));
        } catch (MackerelException e) {
            findings.add(Finding.wrong(KEY, e.getMessage(), whatToDo(e)));
            return findings;
        }
        findings.add(channel());
        if (mustWrite) {
            findings.add(write());
        }
        return findings;
    }

    private static String whatToDo(MackerelException e) {
        return e.kind() == Kind.REFUSED
                ? "Take a key from the organization's page at Mackerel (API Keys)"
                : "Is mackerel.url right, and does a firewall let us through?";
    }

    private Finding channel() {
        try {
            Audience audience =
                    new Audience(ours.among(api.channels()), api.notificationGroups(), api.alertGroupSettings());
            return channel(audience);
        } catch (MackerelException e) {
            return Finding.wrong(CHANNEL, "could not be checked: " + e.getMessage(), "Check again");
        }
    }

    private Finding channel(Audience audience) {
        String named = audience.ours().stream().map(ApiChannel::toString).collect(Collectors.joining(", "));
        return switch (audience.state()) {
            case WORKS -> Finding.ok(CHANNEL, named + " gets alerts");
            case MISSING ->
                Finding.wrong(
                        CHANNEL,
                        "the organization does not have " + ours,
                        "Make it at Mackerel, or set mackerel.channel-url to its address");
            case SUSPENDED ->
                Finding.wrong(
                        CHANNEL,
                        named + " is suspended since " + suspended(audience),
                        "Find out why posts failed, then resume it with the warning sign on its page at Mackerel");
            case WITHOUT_ALERTS ->
                Finding.wrong(CHANNEL, named + " gets no alerts", "Tick the alert events of the channel");
            case IN_NO_GROUP ->
                Finding.wrong(CHANNEL, named + " is in no notification group", "Add it to one at Mackerel");
            case CRITICALS_ONLY ->
                Finding.note(CHANNEL, named + " gets critical alerts only, by its notification groups");
        };
    }

    private static String suspended(Audience audience) {
        return audience.ours().stream()
                .map(ApiChannel::suspendedAt)
                .filter(java.util.Objects::nonNull)
                .map(Instant::ofEpochSecond)
                .findFirst()
                .map(Instant::toString)
                .orElse("some time");
    }

    private Finding write() {
        try {
            api.putMemo(NO_ALERT, "");
            return Finding.ok(WRITE, "may write");
        } catch (MackerelException e) {
            return e.kind() == Kind.NOT_FOUND
                    ? Finding.ok(WRITE, "may write")
                    : Finding.wrong(
                            WRITE,
                            e.getMessage(),
                            "mackerel.memo, mackerel.heartbeat-service and ticket.close-closes-alert need a key with the permission Write");
        }
    }
}
