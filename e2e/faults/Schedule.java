package faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** When the service is killed and when Redmine goes away, drawn from the seed. Of two instances, the second ends for good. */
record Schedule(List<Disruption> disruptions) {

    enum What {
        KILL_SERVICE("the service is killed (-9)"),
        END_SERVICE("the service is killed (-9) for good"),
        STOP_REDMINE("Redmine is stopped"),
        KILL_REDMINE("Redmine is killed (-9)");

        private final String words;

        What(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * @param at after the start, in milliseconds
     * @param away for how long, in milliseconds, in addition to the time that its start takes
     */
    record Disruption(int at, What what, int instance, int away) {
        @Override
        public String toString() {
            return String.format(
                    "at %5.1f s: %s%s%s",
                    at / 1000.0,
                    what,
                    instance > 0 ? " (the second)" : "",
                    what == What.END_SERVICE ? "" : String.format(", for %.1f s", away / 1000.0));
        }
    }

    static Schedule of(long seed, int spanMillis, int instances) {
        SplittableRandom random = new SplittableRandom(~seed);
        List<Disruption> disruptions = new ArrayList<>();
        int kills = Math.max(3, spanMillis / 25_000);
        for (int i = 0; i < kills; i++) {
            int at = random.nextInt(5_000, spanMillis + 10_000);
            disruptions.add(new Disruption(at, What.KILL_SERVICE, random.nextInt(instances), random.nextInt(3000)));
        }
        int stops = Math.max(2, spanMillis / 60_000);
        for (int i = 0; i < stops; i++) {
            int at = random.nextInt(5_000, spanMillis);
            What what = i % 2 == 0 ? What.KILL_REDMINE : What.STOP_REDMINE;
            disruptions.add(new Disruption(at, what, 0, random.nextInt(1000, 8000)));
        }
        if (instances > 1) {
            int last = instances - 1;
            int end = spanMillis * 7 / 10;
            disruptions.removeIf(disruption ->
                    disruption.what() == What.KILL_SERVICE && disruption.instance() == last && disruption.at() > end);
            disruptions.add(new Disruption(end, What.END_SERVICE, last, 0));
        }
        disruptions.sort(Comparator.comparingInt(Disruption::at));
        return new Schedule(disruptions);
    }

    /** As well, the service is down for minutes: what is posted meanwhile is lost. */
    Schedule withLongDowns(long seed, int spanMillis) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5eedL);
        List<Disruption> more = new ArrayList<>(disruptions);
        for (int i = 0; i < Math.max(1, spanMillis / 120_000); i++) {
            int at = random.nextInt(10_000, spanMillis);
            more.add(new Disruption(at, What.KILL_SERVICE, 0, random.nextInt(60_000, 100_000)));
        }
        more.sort(Comparator.comparingInt(Disruption::at));
        return new Schedule(more);
    }

    long count(What... kinds) {
        return disruptions.stream()
                .filter(disruption -> List.of(kinds).contains(disruption.what()))
                .count();
    }
}
