package dev.mackerelredmine.redmine;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Holds a real Redmine on MariaDB to what is described. */
@Tag("service")
final class RealUtf8mb3ContractTest extends Utf8mb3Contract {

    private static RealRedmine redmine;

    @BeforeAll
    static void findRedmine() throws IOException {
        redmine = RealRedmine.findOnMariadb();
    }

    @Override
    RealRedmine redmine() {
        return redmine;
    }
}
