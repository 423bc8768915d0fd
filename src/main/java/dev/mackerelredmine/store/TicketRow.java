package dev.mackerelredmine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.ticket.PendingWrite;
import dev.mackerelredmine.ticket.PendingWrite.Intent;
import dev.mackerelredmine.ticket.Ticket;
import dev.mackerelredmine.ticket.TicketState;
import java.time.Instant;
import java.util.List;

/** A row of {@link TicketSql#ticket}. What only Java looks into is JSON. */
record TicketRow(
        long id,
        Long issue,
        String state,
        Long goneAt,
        Long begunAt,
        String begun,
        int refusals,
        int failures,
        boolean mayHaveDuplicate,
        Long instead,
        boolean othersTaken) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    Ticket ticket(List<String> otherStatuses) {
        return new Ticket(
                id,
                issue,
                begunAt == null ? null : pendingWrite(),
                state == null ? Ticket.NONE.state() : read(state, TicketState.class),
                goneAt != null,
                mayHaveDuplicate,
                instead,
                otherStatuses.stream().map(AlertStatus::of).toList());
    }

    private PendingWrite pendingWrite() {
        return new PendingWrite(
                Instant.ofEpochMilli(begunAt), read(begun, Intent.class), refusals, failures, othersTaken);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds what it did not write: " + e.getOriginalMessage(), e);
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can be written as JSON", e);
        }
    }
}
