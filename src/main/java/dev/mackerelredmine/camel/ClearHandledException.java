package dev.mackerelredmine.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * In a doCatch: clears what was caught. The error handler of the inner route has left marks on the exchange. With these, the outer route's
 * error handler would take the next exception for unhandled, and log it with its stack trace, or ignore it.
 */
public final class ClearHandledException implements Processor {

    @Override
    public void process(Exchange exchange) {
        ThrowAgain.handleErrorsAfresh(exchange);
    }
}
