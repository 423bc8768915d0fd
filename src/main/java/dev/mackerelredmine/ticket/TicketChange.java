package dev.mackerelredmine.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.text.ChatJson;
import java.io.IOException;

/**
 * A change of a ticket, as ticket-changed.camel.yaml gets it, and as it is written as JSON.
 *
 * @param id the same for the same change, which may come more than once
 * @param action what was done to the ticket: {@code create}, {@code note}, {@code worse}, {@code close}, {@code reopen}, {@code join}; of an incident {@code incident-open} and {@code incident-over}
 * @param person who did it, where a person did: {@code acknowledge}, {@code hand-over}, {@code closed-by-person}; else null
 * @param givenTo to whom that person gave the ticket, where it is a {@code hand-over}; else null
 * @param highestStatus the highest status that the alert has had: {@code critical}, {@code warning} or {@code unknown}
 * @param notification what Mackerel posted last of what the change tells
 * @param chatMessage the change in one line of plain text, in the language of tickets
 */
public record TicketChange(
        String id,
        String action,
        ChangedTicket ticket,
        String person,
        String givenTo,
        String highestStatus,
        @JsonSerialize(using = AsMackerelPosted.class) Notification notification,
        String chatMessage) {

    /**
     * The ticket after the change. Subject, status and assignee are null where Redmine did not say them.
     *
     * @param number Redmine's
     * @param status its name
     * @param assignee the name of a user or a group
     */
    public record ChangedTicket(long number, String url, String subject, String status, String assignee) {}

    /** The word for what was done to an incident's ticket. */
    public static String ofIncident(String action) {
        return switch (action) {
            case "create", "reopen", "join" -> "incident-open";
            case "close" -> "incident-over";
            default -> action;
        };
    }

    /** The chat message as the body of a post to an incoming webhook. */
    @JsonIgnore
    public String chatJson() {
        return ChatJson.of(chatMessage);
    }

    @Override
    public String toString() {
        return chatMessage;
    }

    /** Also what no class here names. */
    static final class AsMackerelPosted extends JsonSerializer<Notification> {
        @Override
        public void serialize(Notification notification, JsonGenerator json, SerializerProvider all)
                throws IOException {
            json.writeRawValue(notification.json());
        }
    }
}
