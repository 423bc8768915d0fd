package dev.mackerelredmine.report;

/** What the page of a week's report shows. */
public record ReportView(Week week, Week running, ShownReport report) {

    /** Whether there is more to come in it. */
    public boolean isRunning() {
        return week.equals(running);
    }

    public Week before() {
        return week.before();
    }

    public Week after() {
        return week.after();
    }
}
