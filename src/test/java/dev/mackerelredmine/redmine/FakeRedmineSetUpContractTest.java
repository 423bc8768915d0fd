package dev.mackerelredmine.redmine;

import org.junit.jupiter.api.extension.RegisterExtension;

final class FakeRedmineSetUpContractTest extends RedmineSetUpContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
