package dev.mackerelredmine;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("service")
final class FakeRedmineCheckSetUpTest extends CheckSetUpContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine(FakeRedmine.NEWEST);

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
