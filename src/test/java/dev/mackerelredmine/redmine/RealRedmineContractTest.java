package dev.mackerelredmine.redmine;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Holds the real Redmine to the contract. */
@Tag("service")
final class RealRedmineContractTest extends RedmineContract {

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
