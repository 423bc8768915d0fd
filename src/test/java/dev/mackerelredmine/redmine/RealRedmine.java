package dev.mackerelredmine.redmine;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The Redmine of e2e/redmine/up, found by the ids file that `up` wrote: system property or environment REDMINE_E2E_IDS.
 * Without it tests that need it are skipped, or with CI_REDMINE=required they fail.
 */
public final class RealRedmine {

    private final Properties ids = new Properties();

    private RealRedmine() {}

    public static RealRedmine find() throws IOException {
        RealRedmine redmine = new RealRedmine();
        Path file = Path.of(setting("REDMINE_E2E_IDS").orElse("e2e/redmine/.state/ids.properties"));
        if (!Files.exists(file)) {
            doWithout("there is no ids file " + file.toAbsolutePath());
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            redmine.ids.load(reader);
        }
        try {
            redmine.caller().get("/users/current.json");
        } catch (UncheckedIOException e) {
            doWithout("no Redmine answers on " + redmine.url());
        }
        return redmine;
    }

    public String url() {
        return id("url");
    }

    public String id(String name) {
        return Optional.ofNullable(ids.getProperty(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is not in the ids file"));
    }

    /** How many issues have this text in their subject. */
    public int countBySubject(String text) {
        return caller().get("/issues.json?f[]=subject&op[subject]=~&v[subject][]=" + text)
                .json()
                .get("total_count")
                .asInt();
    }

    private RedmineCaller caller() {
        return new RedmineCaller(url(), id("key_bot"));
    }

    private static void doWithout(String missing) {
        String message = missing + ": run e2e/redmine/up, and set REDMINE_E2E_IDS if it wrote its ids elsewhere";
        if (setting("CI_REDMINE").equals(Optional.of("required"))) {
            fail(message);
        }
        abort(message);
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)));
    }
}
