package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerelapi.ApiAlert;
import dev.mackerelredmine.mackerelapi.ApiLog;
import dev.mackerelredmine.store.KnownAlert;
import dev.mackerelredmine.ticket.ProblemKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets what was found of the organization's alerts come in, as if webhooks had brought it. */
final class FoundAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(FoundAlerts.class);

    private final Poll.Parts parts;
    private final FoundAlert.Place place;

    FoundAlerts(Poll.Parts parts, String org) {
        this.parts = parts;
        this.place = new FoundAlert.Place(org, parts.site(), parts.reader());
    }

    /**
     * @param known what was known of it before it was asked for; null where nothing was
     * @param isLost whether a webhook should have come
     * @return false where something came in of it meanwhile: then that is believed
     */
    boolean keep(ApiAlert alert, Subject subject, Life life, KnownAlert known, boolean isLost) {
        List<ApiLog> changes = life.netEffect();
        ProblemKey key = ProblemKey.of(new FoundAlert(place, alert, subject, null).notification(changes.get(0)));
        String label = key.labelAmong(parts.polls().problemsThatBeginWith(key.beginning()))
                .orElse(null);
        FoundAlert found = new FoundAlert(place, alert, subject, label);
        List<Notification> events = changes.stream().map(found::notification).toList();
        int lost = isLost ? events.size() : 0;
        if (!parts.inbox().keepFound(events, known, lost)) {
            return false;
        }
        parts.report().lost(lost);
        LOG.info(
                "Alert {}/{} is {} at Mackerel since {}, and no webhook came for that",
                place.org(),
                alert.id(),
                life.last().status(),
                life.last().at());
        return true;
    }
}
