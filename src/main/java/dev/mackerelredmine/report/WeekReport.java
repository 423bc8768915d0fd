package dev.mackerelredmine.report;

import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.ListedOpening;
import dev.mackerelredmine.store.PastEscalation;
import dev.mackerelredmine.store.PastIncident;
import dev.mackerelredmine.trends.TrendsAnswer;
import java.time.LocalDate;
import java.util.List;

/**
 * What a week was like.
 *
 * @param incidents that began in the week, the largest first
 * @param unanswered alerts that nobody has acknowledged, the worst first
 * @param longOpen alerts that are open for more than a day, the oldest first
 * @param measures null: the settings do not say which tickets these are
 * @param backlog what is not delivered now
 * @param today on which it is written
 */
record WeekReport(
        Week week,
        TrendsAnswer trends,
        List<PastIncident> incidents,
        List<ListedOpening> unanswered,
        List<ListedOpening> longOpen,
        List<PastEscalation> escalations,
        CounterMeasures measures,
        Backlog backlog,
        LocalDate today) {

    WeekReport {
        incidents = List.copyOf(incidents);
        unanswered = List.copyOf(unanswered);
        longOpen = List.copyOf(longOpen);
        escalations = List.copyOf(escalations);
    }
}
