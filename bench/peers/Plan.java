/** How much of each is done; the counts are of alerts. */
record Plan(int rounds, int outageSeconds, int outageAlerts, int burst, int late, int acceptSeconds, int delivered, int steadySeconds, int drained) {

    static final Plan WHOLE = new Plan(3, 20, 20, 40, 5, 4, 100, 20, 100);

    /** To see that all of it works. Its figures say little. */
    static final Plan QUICK = new Plan(1, 5, 5, 12, 2, 2, 20, 5, 20);
}
