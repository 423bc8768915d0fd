package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.ticket.policy.FieldPolicy;
import dev.mackerelredmine.ticket.policy.Policy;
import java.util.Map;

/**
 * What the settings say of how a ticket is written.
 *
 * @param fields the custom fields that an alert fills
 * @param policies when a field is written again
 * @param closedStatus by name or number; null is the first that Redmine has
 * @param settings by the alert's status, what counts where the policy decides nothing, or names what Redmine does not have
 * @param defaults the values of custom fields that nothing else fills, by their numbers
 */
public record WritingRules(
        TicketFields fields,
        FieldPolicy.OfFields policies,
        String closedStatus,
        Map<AlertStatus, Policy> settings,
        Map<Long, Object> defaults) {

    public WritingRules {
        settings = Map.copyOf(settings);
        defaults = Map.copyOf(defaults);
    }
}
