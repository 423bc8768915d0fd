package dev.mackerelredmine;

import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("service")
class BackupCommandTest {

    @TempDir
    Path folder;

    private String backup(int exitCode, String file) throws Exception {
        ServiceProcess process = new ServiceProcess(folder, "backup", file)
                .with(Map.of(
                        "STORE_URL", "jdbc:sqlite:" + folder.resolve("data").resolve("store.db")))
                .start();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(exitCode);
        return process.output();
    }

    @Test
    void copies_the_store_of_a_running_service_which_goes_on() throws Exception {
        try (RunningService service = new RunningService(folder).start()) {
            service.post(critical().bytes());

            assertThat(backup(0, "copy.db")).contains("The store is copied to ", "copy.db");

            assertThat(service.post(critical().bytes()).statusCode()).isEqualTo(202);
        }
        assertThat(folder.resolve("copy.db")).isNotEmptyFile();
    }

    @Test
    void refuses_to_overwrite_a_file() throws Exception {
        try (RunningService service = new RunningService(folder).start()) {
            Files.writeString(folder.resolve("copy.db"), "yesterday's");

            assertThat(backup(2, "copy.db")).contains("copy.db is there already: name a file that is not");
        }
        assertThat(folder.resolve("copy.db")).hasContent("yesterday's");
    }

    @Test
    void says_that_there_is_no_store() throws Exception {
        assertThat(backup(2, "copy.db")).contains("there is no store at jdbc:sqlite:", "store.url (STORE_URL)");
        assertThat(folder.resolve("copy.db")).doesNotExist();
    }
}
