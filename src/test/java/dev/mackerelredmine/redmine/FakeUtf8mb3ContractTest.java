package dev.mackerelredmine.redmine;

import dev.mackerelredmine.fakeredmine.FakeRedmine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("fast")
final class FakeUtf8mb3ContractTest extends Utf8mb3Contract {

    @RegisterExtension
    final FakeRedmine redmine = new FakeRedmine();

    @BeforeEach
    void onUtf8mb3() {
        redmine.onUtf8mb3();
    }

    @Override
    FakeRedmine redmine() {
        return redmine;
    }
}
