package dev.mackerelredmine.report;

import java.util.List;

/**
 * What is to be done about alerts, as it stands now.
 *
 * @param made in the week: what was promised, the closed ones first
 * @param done closed in the week
 * @param open made before the week, and not closed yet
 */
record CounterMeasures(List<CounterMeasure> made, List<CounterMeasure> done, List<CounterMeasure> open) {

    CounterMeasures {
        made = List.copyOf(made);
        done = List.copyOf(done);
        open = List.copyOf(open);
    }
}
