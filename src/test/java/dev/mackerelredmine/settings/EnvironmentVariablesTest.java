package dev.mackerelredmine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class EnvironmentVariablesTest {

    private final EnvironmentVariables variables = new EnvironmentVariables();

    @Test
    void gives_what_is_set_or_else_the_default() {
        assertThat(variables.apply("PATH")).isEqualTo(System.getenv("PATH"));
        assertThat(variables.apply("NOT_SET:587")).isEqualTo("587");
    }

    @Test
    void names_the_one_that_is_not_set() {
        assertThatThrownBy(() -> variables.apply("NOT_SET"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("the environment variable NOT_SET, which a route uses, is not set");
    }

    /** A default is as good as a value that a test cannot set. */
    @Test
    void refuses_one_that_camel_would_read_more_into_and_does_not_show_it() {
        assertThatThrownBy(() -> variables.apply("NOT_SET:s3cret{{s3cret"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("the environment variable NOT_SET, which a route uses, must not hold {{");
    }
}
