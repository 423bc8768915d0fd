package dev.mackerelredmine;

import dev.mackerelredmine.redmine.FakeRedmine;
import org.junit.jupiter.api.extension.RegisterExtension;

class FakeTicketLifeTest extends TicketLife {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @Override
    String url() {
        return REDMINE.url();
    }

    @Override
    String id(String name) {
        return REDMINE.id(name);
    }
}
