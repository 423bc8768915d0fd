package dev.mackerelredmine;

import dev.mackerelredmine.gate.ApiKeys;
import dev.mackerelredmine.gate.Gate;
import dev.mackerelredmine.gate.MackerelAddresses;
import dev.mackerelredmine.gate.PlainUtf8;
import dev.mackerelredmine.gate.UsagePlan;
import dev.mackerelredmine.observe.KeyCounter;
import dev.mackerelredmine.store.Store;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the settings say of the service's ports. Apart from {@link Settings}, because Camel looks at all methods of a bean, and what these
 * answer refers to the server, which a Lambda function does without.
 */
public final class ServiceBeans {

    private static final Duration LOOK_FOR_A_RENEWED_CERTIFICATE = Duration.ofMinutes(1);

    private ServiceBeans() {}

    /** In the order in which they are asked: the proxy's rule, the address, the key, the usage plan. */
    public static Gate gate(Settings settings, MackerelAddresses mackerel) {
        List<String> keys = settings.keys();
        ApiKeys apiKeys = new ApiKeys(keys, new KeyCounter(settings.meters(), keys.size())::count);
        UsagePlan usagePlan = new UsagePlan(
                apiKeys,
                new UsagePlan.Limits(
                        Long.parseLong(settings.required("gate.rate")),
                        Long.parseLong(settings.required("gate.burst")),
                        settings.text("gate.quota").map(Long::valueOf).orElse(0L)));
        return new Gate(Stream.concat(
                        settings.senders().checks(mackerel, !keys.isEmpty()),
                        Stream.of(apiKeys, usagePlan, new PlainUtf8()))
                .toList());
    }

    /** Kept beside the store's file; beside a store that has none, where that would be. */
    public static MackerelAddresses mackerelAddresses(Settings settings) {
        Counter changes = Counter.builder("mackerel.redmine.gate.address.changes")
                .description("How often Mackerel's own list of its addresses has changed")
                .register(settings.meters());
        return new MackerelAddresses(
                Store.folder(settings.required("store.url")).resolve("mackerel-ip-ranges.json"), changes::increment);
    }

    public static ManagementLogin managementLogin(Settings settings) {
        return new ManagementLogin(
                settings.text("management.user").orElse(null),
                settings.text("management.password").orElse(null),
                settings.getCamelContext());
    }

    /** None where the webhook is reached by plain http. */
    static Optional<WebhookCertificate> webhookCertificate(Settings settings) {
        return settings.file("server.tls.certificate")
                .flatMap(certificate -> settings.file("server.tls.key")
                        .map(key -> new WebhookCertificate(certificate, key, LOOK_FOR_A_RENEWED_CERTIFICATE)));
    }
}
