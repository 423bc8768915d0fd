package dev.mackerelredmine.redmine;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Holds the real Redmine to the contract of its wiki. */
@Tag("service")
final class RealWikiContractTest extends WikiContract {

    private static RealRedmine redmine;

    @BeforeAll
    static void findRedmine() throws IOException {
        redmine = RealRedmine.findToSetUp();
    }

    @Override
    RealRedmine redmine() {
        return redmine;
    }
}
