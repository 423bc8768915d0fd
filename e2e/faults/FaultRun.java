package faults;

import java.util.ArrayList;
import java.util.List;

/** Breaks things around the service, run by run; ends with 1 where one of them came to a wrong end, and with 2 on a wrong option. */
final class FaultRun {

    private FaultRun() {}

    public static void main(String... arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (RuntimeException wrong) {
            System.err.println("e2e/faults/run: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        List<Long> failed = new ArrayList<>();
        for (int i = 0; i < options.runs(); i++) {
            Options one = options.withSeed(options.seed() + i);
            if (!new Run(one).run()) {
                failed.add(one.seed());
            }
        }
        System.out.println(failed.isEmpty() ? "all is well" : "FAILED with the seeds " + failed);
        System.exit(failed.isEmpty() ? 0 : 1);
    }
}
