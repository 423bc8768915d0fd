package dev.mackerelredmine.redmine;

import org.junit.jupiter.api.extension.RegisterExtension;

final class FakeRedmineContractTest extends RedmineContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
