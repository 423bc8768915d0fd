package dev.mackerelredmine.report;

import dev.mackerelredmine.store.Backlog;
import dev.mackerelredmine.store.ListedOpening;
import dev.mackerelredmine.store.PastEscalation;
import dev.mackerelredmine.trends.TrendsAnswer;
import java.util.List;

/**
 * What a week was like.
 *
 * @param unanswered alerts that nobody has acknowledged, the worst first
 * @param longOpen alerts that are open for more than a day, the oldest first
 * @param measures null: the settings do not say which tickets these are
 * @param backlog what is not delivered now
 */
record WeekReport(
        Week week,
        TrendsAnswer trends,
        List<ListedOpening> unanswered,
        List<ListedOpening> longOpen,
        List<PastEscalation> escalations,
        CounterMeasures measures,
        Backlog backlog) {

    WeekReport {
        unanswered = List.copyOf(unanswered);
        longOpen = List.copyOf(longOpen);
        escalations = List.copyOf(escalations);
    }
}
