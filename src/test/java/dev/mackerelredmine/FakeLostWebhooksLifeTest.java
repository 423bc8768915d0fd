package dev.mackerelredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("service")
class FakeLostWebhooksLifeTest extends LostWebhooksLife {

    @RegisterExtension
    static final FakeRedmine REDMINE = new FakeRedmine();

    @Override
    FakeRedmine redmine() {
        return REDMINE;
    }
}
