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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * Needs the Redmine of e2e/redmine/up, and finds it by the ids file that `up` wrote: system property or environment REDMINE_E2E_IDS.
 * Without it the tests are skipped, or with CI_REDMINE=required they fail.
 */
@Tag("redmine")
final class RealRedmineContractTest extends RedmineContract {

    private static final Properties IDS = new Properties();

    @BeforeAll
    static void findRedmine() throws IOException {
        Path file = Path.of(setting("REDMINE_E2E_IDS").orElse("e2e/redmine/.state/ids.properties"));
        if (!Files.exists(file)) {
            doWithout("there is no ids file " + file.toAbsolutePath());
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            IDS.load(reader);
        }
        try {
            new RedmineCaller(IDS.getProperty("url"), IDS.getProperty("key_bot")).get("/users/current.json");
        } catch (UncheckedIOException e) {
            doWithout("no Redmine answers on " + IDS.getProperty("url"));
        }
    }

    @Override
    String url() {
        return id("url");
    }

    @Override
    String id(String name) {
        return Optional.ofNullable(IDS.getProperty(name)).orElseThrow(() -> new IllegalArgumentException(name + " is not in the ids file"));
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
