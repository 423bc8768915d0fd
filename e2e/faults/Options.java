package faults;

import java.util.concurrent.ThreadLocalRandom;

/** What is asked of the harness on its command line; what it does not know ends it. */
record Options(
        long seed,
        int runs,
        int alerts,
        double minutes,
        double rate,
        boolean postgresql,
        String redmine,
        boolean prove,
        boolean record) {

    static Options of(String... arguments) {
        long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
        int runs = 1;
        int alerts = 200;
        double minutes = 3;
        double rate = 0.25;
        boolean postgresql = false;
        String redmine = "sqlite";
        boolean prove = false;
        boolean record = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seed" -> seed = Long.parseLong(arguments[++i]);
                case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                case "--alerts" -> alerts = Integer.parseInt(arguments[++i]);
                case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
                case "--rate" -> rate = Double.parseDouble(arguments[++i]);
                case "--store" -> postgresql = isPostgresql(arguments[++i]);
                case "--redmine" -> redmine = arguments[++i];
                case "--prove" -> prove = true;
                case "--record" -> record = true;
                default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
        }
        return new Options(seed, runs, alerts, minutes, rate, postgresql, redmine, prove, record);
    }

    private static boolean isPostgresql(String store) {
        return switch (store) {
            case "sqlite" -> false;
            case "postgresql" -> true;
            default -> throw new IllegalArgumentException("--store is sqlite or postgresql");
        };
    }

    int spanMillis() {
        return (int) (minutes * 60_000);
    }

    String store() {
        return postgresql ? "postgresql" : "sqlite";
    }

    Options withSeed(long other) {
        return new Options(other, runs, alerts, minutes, rate, postgresql, redmine, prove, record);
    }

    /** What repeats it. */
    @Override
    public String toString() {
        return "e2e/faults/run --seed " + seed + " --store " + store() + " --redmine " + redmine + " --alerts " + alerts
                + " --minutes " + minutes + " --rate " + rate;
    }
}
