package dev.mackerelredmine.camel;

import dev.mackerelredmine.ticket.NextStep;
import dev.mackerelredmine.ticket.TicketAction;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Converts the texts in the routes to enums: the method of a request, a next step, an action. Camel can do so itself, but first searches all
 * its converters each time.
 */
final class EnumConverters {

    private EnumConverters() {}

    static void addTo(CamelContext camelContext) {
        add(camelContext, HttpMethods.class);
        add(camelContext, NextStep.class);
        add(camelContext, TicketAction.class);
    }

    private static <E extends Enum<E>> void add(CamelContext camelContext, Class<E> type) {
        camelContext
                .getTypeConverterRegistry()
                .addTypeConverter(
                        type, String.class, new SimpleTypeConverter(false, (to, exchange, word) -> of(type, word)));
    }

    private static <E extends Enum<E>> E of(Class<E> type, Object word) {
        return Enum.valueOf(
                type, word.toString().trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
