package dev.mackerelredmine;

import dev.mackerelredmine.redmine.FakeRedmine;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FakeRedmineCheckSetUpTest extends CheckSetUpContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
