package dev.mackerelredmine.redmine;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Holds the real Redmine to what is described of parents and their subtasks, on whichever database it has. */
@Tag("service")
final class RealSubtaskContractTest extends SubtaskContract {

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
