package dev.mackerelredmine.report;

import java.time.LocalDate;

/**
 * A ticket of something that is to be done about alerts.
 *
 * @param assignee null: nobody
 * @param due null: no day
 * @param doneOn null: it is open
 */
record CounterMeasure(long issue, String subject, String assignee, LocalDate due, LocalDate doneOn) {

    boolean isOverdue(LocalDate today) {
        return doneOn == null && due != null && due.isBefore(today);
    }
}
