package dev.mackerelredmine.escalation;

import java.time.Instant;
import java.util.List;

/**
 * Who a step notifies at a time.
 *
 * @param recipients each person and means once
 * @param leftOut why others are not: {@code nobody is on call in the rota primary}, {@code Taro Suzuki has no contact for phone}
 */
public record Recipients(List<Recipient> recipients, List<String> leftOut) {

    /** Names resolve now: whoever is on call at that time, by the contacts that the file has now. */
    public static Recipients of(EscalationFile file, EscalationStep step, Instant at) {
        throw new UnsupportedOperationException();
    }
}
