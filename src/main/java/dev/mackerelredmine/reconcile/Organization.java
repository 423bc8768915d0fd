package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiHost;
import dev.mackerelredmine.mackerelapi.ApiMonitor;
import dev.mackerelredmine.mackerelapi.MackerelApi;
import dev.mackerelredmine.mackerelapi.MackerelException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the organization at Mackerel has set up: asked for when it is needed, and known for ten minutes. */
final class Organization {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);
    private static final String CHECK = "check";

    private final MackerelApi api;
    private final Supplier<OurChannel> ours;
    private final InstantSource clock;
    private final Known<String> name;
    private final Known<Audience> audience;
    private final Known<Map<String, ApiMonitor>> monitors;
    private final Known<Map<String, ApiHost>> hosts;

    /** Something that is asked for again when it is too old. */
    private final class Known<T> {

        private final Question<T> question;
        private T answer;
        private Instant askedAt;

        Known(Question<T> question) {
            this.question = question;
        }

        T get() throws MackerelException {
            if (isOld()) {
                answer = question.ask();
                askedAt = clock.instant();
            }
            return answer;
        }

        boolean isOld() {
            return askedAt == null || !clock.instant().isBefore(askedAt.plus(KNOWN_FOR));
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws MackerelException;
    }

    private final Set<String> unknownAlerts = new HashSet<>();

    Organization(MackerelApi api, Supplier<OurChannel> ours, InstantSource clock) {
        this.api = api;
        this.ours = ours;
        this.clock = clock;
        name = new Known<>(api::organization);
        audience = new Known<>(this::askAudience);
        monitors = new Known<>(this::askMonitors);
        hosts = new Known<>(this::askHosts);
    }

    String name() throws MackerelException {
        return name.get();
    }

    Audience audience() throws MackerelException {
        return audience.get();
    }

    /** Mackerel knows no such alert, and is not asked again until the next start. */
    void unknown(String alertId) {
        unknownAlerts.add(alertId);
    }

    boolean isUnknown(String alertId) {
        return unknownAlerts.contains(alertId);
    }

    private Audience askAudience() throws MackerelException {
        return new Audience(ours.get().among(api.channels()), api.notificationGroups(), api.alertGroupSettings());
    }

    /** A map of its own, to which single ones are added. */
    private Map<String, ApiMonitor> askMonitors() throws MackerelException {
        return new HashMap<>(
                api.monitors().stream().collect(Collectors.toMap(ApiMonitor::id, Function.identity(), (a, b) -> a)));
    }

    private Map<String, ApiHost> askHosts() throws MackerelException {
        return new HashMap<>(
                api.hosts().stream().collect(Collectors.toMap(ApiHost::id, Function.identity(), (a, b) -> a)));
    }

    /** A monitor that is deleted meanwhile has no name. */
    Subject subject(ApiAlert alert) throws MackerelException {
        return new Subject(monitor(alert), alert.hostId() == null ? null : host(alert.hostId()));
    }

    private ApiMonitor monitor(ApiAlert alert) throws MackerelException {
        Map<String, ApiMonitor> known = monitors.get();
        ApiMonitor monitor = known.get(alert.monitorId());
        if (monitor == null) {
            monitor = single(alert.monitorId(), alert.type());
            known.put(alert.monitorId(), monitor);
        }
        return monitor;
    }

    /** A check is in no list, and another may be younger than the list that is known. */
    private ApiMonitor single(String id, String type) throws MackerelException {
        try {
            return CHECK.equals(type) ? api.check(id) : api.monitor(id);
        } catch (MackerelException e) {
            return unlessNotFound(e, unknown(id, type));
        }
    }

    private ApiHost host(String id) throws MackerelException {
        Map<String, ApiHost> known = hosts.get();
        ApiHost host = known.get(id);
        if (host == null) {
            host = single(id);
            known.put(id, host);
        }
        return host;
    }

    private ApiHost single(String id) throws MackerelException {
        try {
            return api.host(id);
        } catch (MackerelException e) {
            return unlessNotFound(e, new ApiHost(id, null, null, null, false, Map.of()));
        }
    }

    private static <T> T unlessNotFound(MackerelException failure, T unknown) throws MackerelException {
        if (failure.kind() == MackerelException.Kind.NOT_FOUND) {
            return unknown;
        }
        throw failure;
    }

    private static ApiMonitor unknown(String id, String type) {
        return new ApiMonitor(id, type, null, null, false, null, null, null, null, null, null, null, null, null);
    }
}
