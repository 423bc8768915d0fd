package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.ticket.NextStep;
import dev.mackerelredmine.ticket.TicketAction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
final class GetterLanguageTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(camel);

    /** Camel would ask for its hash, which of a whole history takes long. */
    public record Alert(String name, Alert before) {

        public boolean isOpen() {
            return true;
        }

        public int getNumber() {
            return 42;
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("asked for its hash");
        }
    }

    @BeforeEach
    void start() {
        camel.getRegistry().bind(GetterLanguage.NAME, new GetterLanguage());
        EnumConverters.addTo(camel);
        camel.start();
        exchange.setVariable("alert", new Alert("CPU", new Alert("disk", null)));
        exchange.getMessage().setBody(new Alert("memory", null));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "${variable.alert.name}, CPU",
        "${variable.alert.isOpen}, true",
        "${variable.alert.open}, true",
        "${variable.alert.number}, 42",
        "${body.name}, memory",
        "The alert ${variable.alert.name}, The alert CPU"
    })
    void the_method_of_a_name_is_called_without_a_hash_of_the_bean(String expression, String value) {
        assertThat(evaluate(expression)).isEqualTo(value);
    }

    @Test
    void what_is_more_than_a_name_is_left_to_camel() {
        exchange.setVariable("words", "one two");

        assertThat(evaluate("${variable.words.length()}")).isEqualTo("7");
        assertThat(evaluate("${variable.words.concat('!').length}")).isEqualTo("8");
    }

    @Test
    void a_method_that_is_not_there_is_said_as_camel_says_it() {
        exchange.setVariable("words", "one two");

        assertThatThrownBy(() -> evaluate("${variable.words.nosuch}"))
                .hasRootCauseInstanceOf(MethodNotFoundException.class);
    }

    @Test
    void the_enums_of_routes_need_no_search_for_a_converter() {
        assertThat(camel.getTypeConverterRegistry().lookup(HttpMethods.class, String.class))
                .isNotNull();
        assertThat(camel.getTypeConverterRegistry().lookup(NextStep.class, String.class))
                .isNotNull();
        assertThat(camel.getTypeConverterRegistry().lookup(TicketAction.class, String.class))
                .isNotNull();
        assertThat(camel.getTypeConverter().convertTo(HttpMethods.class, "PUT")).isEqualTo(HttpMethods.PUT);
        assertThat(camel.getTypeConverter().convertTo(HttpMethods.class, "put")).isEqualTo(HttpMethods.PUT);
        assertThat(camel.getTypeConverter().convertTo(NextStep.class, "look-up"))
                .isEqualTo(NextStep.LOOK_UP);
    }

    private String evaluate(String simple) {
        return camel.resolveLanguage("simple").createExpression(simple).evaluate(exchange, String.class);
    }
}
