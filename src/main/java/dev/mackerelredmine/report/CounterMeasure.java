package dev.mackerelredmine.report;

/** A ticket of something that is to be done about alerts. @param assignee null: nobody; @param due null: no day */
record CounterMeasure(long issue, String subject, String assignee, String due) {}
