package dev.mackerelredmine.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mackerelredmine.ticket.NextStep;
import dev.mackerelredmine.ticket.TicketAction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
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

    /** What the routes call by its name. */
    public static final class Desk {

        public String note(Alert alert, Integer number, String word) {
            return alert.name() + number + word;
        }

        public String nothing() {
            return "none";
        }

        public String refuse(String word) {
            throw new IllegalArgumentException(word);
        }
    }

    @Test
    void a_bean_of_a_name_is_called_without_a_copy_of_the_exchange() {
        camel.getRegistry().bind("desk", new Desk());
        exchange.setVariable("number", "42");

        assertThat(evaluate("${bean:desk?method=note(${variable.alert}, ${variable.number}, ${variable.nosuch})}"))
                .isEqualTo("CPU42null");
        assertThat(evaluate("${bean:desk?method=nothing}")).isEqualTo("none");
        assertThat(byName("note(${variable.alert}, ${variable.number}, ${variable.nosuch})"))
                .isInstanceOf(MethodCall.class);
        assertThat(byName("nothing")).isInstanceOf(MethodCall.class);
    }

    @Test
    void what_is_more_than_a_call_with_values_is_left_to_camel() {
        camel.getRegistry().bind("desk", new Desk());

        assertThat(byName("note(${variable.alert}, 42, 'x')")).isNotInstanceOf(MethodCall.class);
        assertThat(byName("refuse")).isNotInstanceOf(MethodCall.class);
    }

    @Test
    void what_a_bean_throws_is_the_cause_as_with_camel() {
        camel.getRegistry().bind("desk", new Desk());

        assertThatThrownBy(() -> evaluate("${bean:desk?method=refuse(${body.name})}"))
                .isInstanceOf(RuntimeBeanExpressionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("memory");
    }

    private Expression byName(String method) {
        return camel.resolveLanguage("bean").createExpression("desk?method=" + method);
    }

    private String evaluate(String simple) {
        return camel.resolveLanguage("simple").createExpression(simple).evaluate(exchange, String.class);
    }
}
