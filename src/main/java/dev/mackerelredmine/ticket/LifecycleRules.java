package dev.mackerelredmine.ticket;

import dev.mackerelredmine.ticket.policy.FieldPolicy;
import java.time.Duration;

/**
 * What settings say about the life of a ticket.
 *
 * @param settle how long "there is no such ticket" is not believed after a try of unknown outcome
 * @param reopenWindow how soon after its end the same fault reopens its ticket; zero: never
 * @param closeOnRecovery whether the end of its last alert closes a ticket
 * @param resendNoteInterval how often a note tells that an alert still fires
 * @param alertGroups whether a group of alerts gets a ticket
 * @param closedStatus name or number of the status to close with; null: the first closed one that the workflow allows
 * @param reopenedStatus name or number of the status to reopen with; null: the one it had, else the first open one allowed
 * @param statusPolicy until when the status is ours to change
 * @param levelField the number of the custom field for the alert's status, or null
 * @param remembers whether the store knows tomorrow what it knows today; if not, each alert's ticket is looked for in Redmine
 */
public record LifecycleRules(
        Duration settle,
        Duration reopenWindow,
        boolean closeOnRecovery,
        Duration resendNoteInterval,
        boolean alertGroups,
        String closedStatus,
        String reopenedStatus,
        FieldPolicy statusPolicy,
        Long levelField,
        boolean remembers) {}
