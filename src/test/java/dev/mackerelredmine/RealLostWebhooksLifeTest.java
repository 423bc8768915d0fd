package dev.mackerelredmine;

import dev.mackerelredmine.redmine.RealRedmine;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("service")
class RealLostWebhooksLifeTest extends LostWebhooksLife {

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
