package dev.mackerelredmine;

import dev.mackerelredmine.redmine.RealRedmine;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** What a check says of a real Redmine. */
@Tag("service")
final class RealRedmineCheckTest extends CheckContract {

    private static RealRedmine redmine;

    @BeforeAll
    static void findRedmine() throws IOException {
        redmine = RealRedmine.find();
    }

    @Override
    RealRedmine redmine() {
        return redmine;
    }
}
