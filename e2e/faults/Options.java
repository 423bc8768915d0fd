package faults;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What is asked of the harness on its command line; what it does not know, or what would test nothing, ends it. */
record Options(
        long seed,
        int runs,
        int alerts,
        double minutes,
        double rate,
        boolean postgresql,
        String redmine,
        boolean losesWebhooks,
        boolean escalates,
        boolean groups,
        boolean prove,
        boolean record) {

    static Options of(String... arguments) {
        long seed = ThreadLocalRandom.current().nextLong(1, 1_000_000);
        int runs = 1;
        int alerts = 200;
        double minutes = 3;
        double rate = 0.25;
        String store = "sqlite";
        String redmine = "sqlite";
        boolean losesWebhooks = false;
        boolean escalates = false;
        boolean groups = false;
        boolean prove = false;
        boolean record = false;
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            String option = words.next();
            switch (option) {
                case "--seed" -> seed = whole(option, words, 0);
                case "--runs" -> runs = (int) whole(option, words, 1);
                case "--alerts" -> alerts = (int) whole(option, words, 1);
                case "--minutes" -> minutes = decimal(option, words, 0.1, 60);
                case "--rate" -> rate = decimal(option, words, 0, 1);
                case "--store" -> store = oneOf(option, words, "sqlite", "postgresql");
                case "--redmine" -> redmine = redmine(option, words);
                case "--lose-webhooks" -> losesWebhooks = true;
                case "--escalate" -> escalates = true;
                case "--group" -> groups = true;
                case "--prove" -> prove = true;
                case "--record" -> record = true;
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        if (losesWebhooks && prove) {
            throw new IllegalArgumentException("--prove is not for --lose-webhooks");
        }
        if (losesWebhooks && escalates) {
            throw new IllegalArgumentException("--escalate is not for --lose-webhooks");
        }
        if (groups && (losesWebhooks || escalates || prove || record)) {
            throw new IllegalArgumentException("--group is by itself: VerdictOnIncidentsTest proves its verdict");
        }
        if (record && escalates) {
            throw new IllegalArgumentException("--record is not for --escalate");
        }
        return new Options(
                seed,
                runs,
                alerts,
                minutes,
                rate,
                store.equals("postgresql"),
                redmine,
                losesWebhooks,
                escalates,
                groups,
                prove,
                record);
    }

    private static long whole(String option, Iterator<String> words, int least) {
        String value = value(option, words);
        if (!value.matches("\\d{1,9}") || Long.parseLong(value) < least) {
            throw new IllegalArgumentException(
                    option + " is a whole number from " + least + " to 999999999, not " + value);
        }
        return Long.parseLong(value);
    }

    private static double decimal(String option, Iterator<String> words, double least, double most) {
        String value = value(option, words);
        if (!value.matches("\\d{1,9}([.]\\d{1,9})?")
                || Double.parseDouble(value) < least
                || Double.parseDouble(value) > most) {
            throw new IllegalArgumentException(
                    option + " is a number from " + least + " to " + most + ", not " + value);
        }
        return Double.parseDouble(value);
    }

    /** A database, and before it a Debian suite where it is not this machine's: {@code trixie-sqlite}. */
    private static String redmine(String option, Iterator<String> words) {
        String value = value(option, words);
        if (!value.matches("((bookworm|trixie|forky|sid)-)?(sqlite|mariadb|postgresql)")) {
            throw new IllegalArgumentException(option
                    + " is one of sqlite, mariadb, postgresql, or a suite and one of them, as trixie-sqlite; not "
                    + value);
        }
        return value;
    }

    private static String oneOf(String option, Iterator<String> words, String... known) {
        String value = value(option, words);
        if (!List.of(known).contains(value)) {
            throw new IllegalArgumentException(option + " is one of " + String.join(", ", known) + ", not " + value);
        }
        return value;
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    int spanMillis() {
        return (int) (minutes * 60_000);
    }

    String store() {
        return postgresql ? "postgresql" : "sqlite";
    }

    Options withSeed(long other) {
        return new Options(
                other,
                runs,
                alerts,
                minutes,
                rate,
                postgresql,
                redmine,
                losesWebhooks,
                escalates,
                groups,
                prove,
                record);
    }

    /** What repeats it. */
    @Override
    public String toString() {
        return "e2e/faults/run --seed " + seed + " --store " + store() + " --redmine " + redmine + " --alerts " + alerts
                + " --minutes " + minutes + " --rate " + rate + (losesWebhooks ? " --lose-webhooks" : "")
                + (escalates ? " --escalate" : "") + (groups ? " --group" : "");
    }
}
