package dev.mackerelredmine;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * At the end of a doCatch within an onException: what was caught is got over. Camel leaves the mark that the inner route's error handler
 * made, by which the outer one takes its own exception for not handled, too, and logs it with its stack trace.
 */
public final class GotOver implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getExchangeExtension().setErrorHandlerHandled(null);
    }
}
