package dev.mackerelredmine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.paging.message.Page;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SafeReasonTest {

    private static final Page PAGE =
            new Page("42-1", "page", "Hanako Yamada", "phone", "+819012345678", "it fires", null, 1, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP operation failed invoking https://hooks.slack.com/services/T0/B0/SECRET with statusCode: 404",
                "no answer of http://user:SECRET@chat.example.jp:8080?token=SECRET",
                "Sending to: https://hooks.slack.com/services/SECRET: timeout",
                "https://example.jp#SECRET",
            })
    void holds_no_address_beyond_its_host(String message) {
        assertThat(SafeReason.of(new IOException(message), PAGE))
                .doesNotContain("SECRET")
                .containsAnyOf("slack.com/…", "example.jp");
    }

    @Test
    void holds_no_contact() {
        assertThat(SafeReason.of(new IOException("To=+819012345678 is not a valid\nphone number"), PAGE))
                .isEqualTo("To=(the contact of Hanako Yamada) is not a valid phone number");
    }

    @Test
    void names_the_failure_where_that_says_nothing() {
        assertThat(SafeReason.of(new NullPointerException(), PAGE)).isEqualTo("NullPointerException");
    }

    @Test
    void is_short() {
        assertThat(SafeReason.of(new IOException("x".repeat(100_000)), PAGE)).hasSizeLessThan(600);
    }
}
