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
 * A Redmine of e2e/redmine/up, found by the ids file that `up` wrote: of the Debian suite that the system property or environment
 * E2E_REDMINE_SUITE names, else of this machine's. Without it tests that need it are skipped, or with CI_REDMINE=required they fail.
 */
public final class RealRedmine implements TestRedmine {

    private final Properties ids = new Properties();
    private RealRedmineSetUp setUp;

    private RealRedmine() {}

    /** The one whose ids file E2E_REDMINE_IDS names, else the one on the database of E2E_REDMINE_DATABASE, else on SQLite. */
    public static RealRedmine find() throws IOException {
        Optional<String> database = setting("E2E_REDMINE_DATABASE").filter(it -> !it.equals("sqlite"));
        Path ids = setting("E2E_REDMINE_IDS")
                .map(Path::of)
                .orElseGet(() -> ids(database.map(it -> "-" + it).orElse("")));
        return find(ids, database.map(it -> "E2E_REDMINE_DATABASE=" + it + " ").orElse("") + "e2e/redmine/up");
    }

    /** One that tests may set up otherwise, because no other test looks at it meanwhile. */
    public static RealRedmine findToSetUp() throws IOException {
        return find(ids("-set-up"), "e2e/redmine/up-to-set-up");
    }

    /** On a MariaDB whose texts are utf8mb3. */
    public static RealRedmine findOnMariadb() throws IOException {
        return find(ids("-mariadb"), "E2E_REDMINE_DATABASE=mariadb e2e/redmine/up");
    }

    private static Path ids(String suffix) {
        return Path.of("e2e/redmine/.state/ids" + suite().map(it -> "-" + it).orElse("") + suffix + ".properties");
    }

    private static Optional<String> suite() {
        return setting("E2E_REDMINE_SUITE");
    }

    private static RealRedmine find(Path file, String up) throws IOException {
        RealRedmine redmine = new RealRedmine();
        if (!Files.exists(file)) {
            doWithout("there is no ids file " + file.toAbsolutePath(), up);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            redmine.ids.load(reader);
        }
        try {
            redmine.caller().get("/users/current.json");
        } catch (UncheckedIOException e) {
            doWithout("no Redmine answers on " + redmine.url(), up);
        }
        return redmine;
    }

    @Override
    public String url() {
        return id("url");
    }

    @Override
    public RedmineVersion version() {
        return new RedmineVersion(id("version"));
    }

    @Override
    public String id(String name) {
        return Optional.ofNullable(ids.getProperty(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is not in the ids file"));
    }

    /** On SQLite only. */
    @Override
    public RedmineSetUp setUp() {
        if (setUp == null) {
            setUp = RealRedmineSetUp.begin(this);
        }
        return setUp;
    }

    @Override
    public void putBack() {
        if (setUp != null) {
            setUp.putBack();
            setUp = null;
        }
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

    private static void doWithout(String missing, String up) {
        String message = missing + ": run "
                + suite().map(it -> "E2E_REDMINE_SUITE=" + it + " ").orElse("") + up;
        if (setting("CI_REDMINE").equals(Optional.of("required"))) {
            fail(message);
        }
        abort(message);
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)))
                .filter(it -> !it.isEmpty());
    }
}
