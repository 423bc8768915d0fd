package dev.mackerelredmine.camel;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.support.SimpleTypeConverter;

/** Makes the method of a request of its name. Camel looks among all its converters for one first, and then for the enum's name. */
final class HttpMethodConverter {

    private HttpMethodConverter() {}

    static void addTo(CamelContext camelContext) {
        camelContext
                .getTypeConverterRegistry()
                .addTypeConverter(
                        HttpMethods.class, String.class, new SimpleTypeConverter(false, HttpMethodConverter::convert));
    }

    private static Object convert(Class<?> type, Exchange exchange, Object name) {
        return HttpMethods.valueOf(name.toString().trim().toUpperCase(Locale.ROOT));
    }
}
