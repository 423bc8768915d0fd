package dev.mackerelredmine.web;

import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.web.AlertView.Delivery;
import dev.mackerelredmine.web.AlertView.NoTicket;
import java.util.List;

/** Says why an alert has no ticket: what is the matter with it now, or else what was decided last. */
final class NoTickets {

    private NoTickets() {}

    static NoTicket why(AlertRecord alert, Delivery delivery) {
        if (delivery.parked() != null) {
            return new NoTicket("parked", delivery.parked());
        }
        if (delivery.waits()) {
            return waits(delivery);
        }
        List<AlertRecord.Step> steps = alert.steps();
        if (steps.isEmpty()) {
            return new NoTicket("unknown", null);
        }
        AlertRecord.Step last = steps.get(steps.size() - 1);
        return new NoTicket(last.action().equals("drop") ? "dropped" : "decided", last.why());
    }

    private static NoTicket waits(Delivery delivery) {
        if (delivery.held() != null) {
            return new NoTicket(delivery.held(), delivery.failure());
        }
        return new NoTicket(delivery.isUnderWay() ? "under-way" : "waits", delivery.failure());
    }
}
