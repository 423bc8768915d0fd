package dev.mackerelredmine.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * In a doCatch: throws what was caught, for the {@code onException} of the route's configuration. That ignores an exception which the error
 * handler of an inner route has given up, so the marks of that are removed first.
 */
public final class ThrowAgain implements Processor {

    /** Removes the marks of an exception, by which Camel would take the next one for handled, or for given up. */
    static void handleErrorsAfresh(Exchange exchange) {
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        handleErrorsAfresh(exchange);
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
