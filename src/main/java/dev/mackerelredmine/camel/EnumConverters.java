package dev.mackerelredmine.camel;

import dev.mackerelredmine.ticket.NextStep;
import dev.mackerelredmine.ticket.TicketAction;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Makes of its word the method of each request, and the next step or action with which the routes compare it. Camel looks among all its converters for
 * one first, and then for the enum's name.
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
