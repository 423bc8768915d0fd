package dev.mackerelredmine.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever a slip of the hand, a broken copy or a bad disk makes of the file. */
@Tag("fast")
class EscalationReaderPropertyTest {

    private static final String WHOLE = """
            rotas:
              primary: {start: 2026-12-01T09:00, every: 7d, time-zone: Asia/Tokyo, people: [Hanako Yamada, Taro Suzuki]}
              other: {ical: "{{env:HANAKO_PHONE}}"}
            people: &people
              Hanako Yamada: {slack: U012AB, phone: "{{env:HANAKO_PHONE}}"}
              山田 太郎: {mail: taro@example.jp}
            policies:
              critical-alerts:
                hours: Mon-Fri 09:00-18:00 Asia/Tokyo
                steps: &steps
                  - {at: 0m, notify: rota primary, by: [redmine, slack]}
                  - {at: 1h30m, notify: [group Ops, Taro Suzuki], by: slack}
                repeat: 2
              second: {steps: *steps, repeat-after: 1d, again-after: 4h}
            """;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "*people",
            "&people ",
            "<<: ",
            "|",
            ">",
            "\"",
            "'",
            "#",
            "?",
            "!!",
            "!x ",
            "%",
            "@",
            "{{",
            "}}",
            "{{env:ABSENT}}",
            "\t",
            "\0",
            "\uFFFF",
            "---\n",
            "...\n",
            "99999999999d",
            "-1",
            "rota ",
            "group ",
            "always",
            "null",
            "~",
            "é",
            "山");

    private Path file;

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("escalation", ".yaml");
    }

    @AfterProperty
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 3000)
    void a_mutated_file_is_read_or_refused_by_line(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int mutations) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(WHOLE);
        for (int i = 0; i < mutations; i++) {
            mutate(text, random);
        }
        readsOrRefuses(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void so_is_a_file_with_other_bytes_in_it(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int mutations) {
        Random random = new Random(seed);
        byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < mutations; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        readsOrRefuses(bytes);
    }

    @Property(tries = 500)
    void so_is_a_file_of_any_text(@ForAll String text) {
        readsOrRefuses(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void mutate(StringBuilder text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            default -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        }
    }

    private void readsOrRefuses(byte[] bytes) {
        try {
            Files.write(file, bytes);
            EscalationReader reader = new EscalationReader(
                    EscalationReaderTest::resolved, EscalationReaderTest.MEANS, rota -> at -> Optional.empty());
            assertThat(reader.read(file).policies()).isNotEmpty();
        } catch (EscalationFileException e) {
            assertThat(e.mistakes()).isNotEmpty().allMatch(it -> it.startsWith(file.getFileName() + ":"));
            assertThat(e.getMessage()).doesNotContain("secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
