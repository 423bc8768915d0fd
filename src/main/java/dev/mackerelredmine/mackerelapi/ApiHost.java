package dev.mackerelredmine.mackerelapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A host.
 *
 * @param status {@code working}, {@code standby}, {@code maintenance} or {@code poweroff}
 * @param roles by the services in which it has them; never null
 */
public record ApiHost(
        String id,
        String name,
        String status,
        String memo,
        @JsonProperty("isRetired") boolean isRetired,
        Map<String, List<String>> roles) {

    private static final String STANDBY = "standby";
    private static final List<String> UNMONITORED = List.of("maintenance", "poweroff");

    public ApiHost {
        roles = roles == null ? Map.of() : roles;
    }

    public boolean isStandby() {
        return STANDBY.equals(status);
    }

    /** Whether it is in maintenance or powered off. */
    public boolean isUnmonitored() {
        return UNMONITORED.contains(status);
    }

    public Stream<String> services() {
        return roles.keySet().stream();
    }

    /** As alert group settings name them: {@code Shop:web}. */
    public Stream<String> roleFullnames() {
        return roles.entrySet().stream()
                .flatMap(service -> service.getValue().stream().map(role -> service.getKey() + ":" + role));
    }
}
