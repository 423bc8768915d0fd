package dev.mackerelredmine.redmine;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("fast")
final class FakeNewestWikiContractTest extends WikiContract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine(FakeRedmine.NEWEST);

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
