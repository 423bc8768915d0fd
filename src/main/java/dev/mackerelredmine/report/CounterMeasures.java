package dev.mackerelredmine.report;

import java.util.List;

/**
 * What is to be done about alerts.
 *
 * @param done closed in the week
 * @param open made by the week's end, and not closed yet
 */
record CounterMeasures(List<CounterMeasure> done, List<CounterMeasure> open) {

    CounterMeasures {
        done = List.copyOf(done);
        open = List.copyOf(open);
    }
}
