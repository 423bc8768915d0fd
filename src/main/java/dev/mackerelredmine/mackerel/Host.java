package dev.mackerelredmine.mackerel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * The host that a notification is about. What is absent is null.
 *
 * @param status {@code working}, {@code standby}, {@code maintenance} or {@code poweroff}
 * @param roles never null: empty for a host without a role
 */
public record Host(
        String id,
        String name,
        String url,
        String status,
        String memo,
        @JsonProperty("isRetired") Boolean isRetired,
        List<Role> roles) {

    public Host {
        roles = roles == null
                ? List.of()
                : roles.stream().filter(Objects::nonNull).toList();
    }
}
