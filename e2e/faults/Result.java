package faults;

import faults.Schedule.What;
import faults.Verdict.Finding;
import faults.Verdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param swallowed how many webhooks Mackerel sent and nobody got; where none is to be lost, 0
 * @param askedOfMackerel how many requests its API was asked
 * @param acts how often people changed a ticket
 */
record Result(
        Options options,
        Instant started,
        Duration took,
        int posts,
        int acknowledged,
        int givenUp,
        long kills,
        long stops,
        int requests,
        Map<Fault, Integer> faults,
        int swallowed,
        int askedOfMackerel,
        int acts,
        List<Finding> findings) {

    /** @param mackerel null where no webhook is to be lost */
    Result(
            Options options,
            Instant started,
            Duration took,
            Driver driver,
            Schedule schedule,
            int requests,
            Map<Fault, Integer> faults,
            Mackerel mackerel,
            int acts,
            List<Finding> findings) {
        this(
                options,
                started,
                took,
                driver.attempts(),
                driver.acknowledged(),
                driver.givenUp(),
                schedule.count(What.KILL_SERVICE, What.END_SERVICE),
                schedule.count(What.STOP_REDMINE, What.KILL_REDMINE),
                requests,
                faults,
                mackerel == null ? 0 : mackerel.swallowed(),
                mackerel == null ? 0 : mackerel.requests(),
                acts,
                List.copyOf(findings));
    }

    boolean isWell() {
        return findings.isEmpty();
    }

    long count(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    int faulty() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return posts + " posts, " + acknowledged + " times 202, " + givenUp + " given up; " + acts + " acts of people, "
                + kills + " kills, " + stops
                + " times Redmine away; " + requests + " requests to Redmine, " + faulty() + " with a fault ("
                + faults.entrySet().stream()
                        .map(fault -> fault.getValue() + " " + fault.getKey())
                        .collect(Collectors.joining(", "))
                + "); lost " + count(Kind.LOST) + ", twice " + count(Kind.TWICE) + ", wrong " + count(Kind.WRONG)
                + "; " + took.toSeconds() + " s";
    }
}
