package dev.mackerelredmine.figures;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What alerts of one problem are about, as the newest names it. What there is none of is empty.
 *
 * @param metric the metric's label
 * @param services its service, and those in which its host has a role
 * @param roles the full names of its host's roles, as {@code Shop: web}
 */
public record Subject(
        long id, String org, String monitor, String metric, String host, List<String> services, List<String> roles) {

    public Subject {
        services = List.copyOf(services);
        roles = List.copyOf(roles);
    }

    /** In one line: monitor, metric where that says more, and where. */
    public String title() {
        String place = host.isEmpty() ? services.stream().findFirst().orElse("") : host;
        return Stream.of(monitor, metric.equals(monitor) ? "" : metric, place)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
