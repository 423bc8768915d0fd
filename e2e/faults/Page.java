package faults;

import faults.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;

/** The tables of runs in docs/reliability.md; without their markers nothing is written, and it throws. */
final class Page {

    private static final Path FILE = Path.of("docs/reliability.md");
    private static final String END = "<!-- end of runs -->";
    private static final String END_OF_LOST = "<!-- end of runs that lose webhooks -->";

    private Page() {}

    static void add(Result result) throws IOException {
        boolean losesWebhooks = result.options().losesWebhooks();
        String end = losesWebhooks ? END_OF_LOST : END;
        String row = losesWebhooks ? rowOfLost(result) : row(result);
        String page = Files.readString(FILE);
        if (!page.contains(end)) {
            throw new IOException(FILE + " has no line " + end);
        }
        Files.writeString(FILE, page.replace(end, row + "\n" + end));
    }

    static String rowOfLost(Result result) {
        return String.format(
                "%s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f |",
                start(result),
                result.swallowed(),
                result.acknowledged(),
                result.kills(),
                result.stops(),
                result.requests(),
                result.faulty(),
                result.askedOfMackerel(),
                result.count(Kind.LOST),
                result.count(Kind.TWICE),
                result.count(Kind.WRONG),
                result.took().toSeconds() / 60.0);
    }

    static String row(Result result) {
        return String.format(
                "%s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.1f |",
                start(result),
                result.acknowledged(),
                result.kills(),
                result.stops(),
                result.requests(),
                of(result, Fault.DROPPED_BEFORE),
                of(result, Fault.DROPPED_AFTER, Fault.CUT),
                of(result, Fault.LATE, Fault.SLOW, Fault.RUNS_ON_502),
                of(
                        result,
                        Fault.REFUSED_500,
                        Fault.DONE_500,
                        Fault.REFUSED_502,
                        Fault.REFUSED_503,
                        Fault.DONE_504,
                        Fault.TOO_MANY_429),
                of(result, Fault.CONFLICT_422),
                of(
                        result,
                        Fault.PAGE_200,
                        Fault.DONE_PAGE_200,
                        Fault.PAGE_4XX,
                        Fault.DONE_PAGE_4XX,
                        Fault.REDIRECTED,
                        Fault.DONE_REDIRECTED,
                        Fault.NOTHING_204,
                        Fault.TRICKLED),
                result.count(Kind.LOST),
                result.count(Kind.TWICE),
                result.count(Kind.WRONG),
                result.took().toSeconds() / 60.0);
    }

    /** The columns that both tables begin with. */
    private static String start(Result result) {
        Options options = result.options();
        return String.format(
                "| %s | %d | %s | %s | %d | %d | %d",
                result.started().atZone(ZoneOffset.UTC).toLocalDate(),
                options.seed(),
                options.store(),
                options.redmine(),
                options.alerts(),
                result.acts(),
                result.posts());
    }

    private static int of(Result result, Fault... faults) {
        int sum = 0;
        for (Fault fault : faults) {
            sum += result.faults().getOrDefault(fault, 0);
        }
        return sum;
    }
}
