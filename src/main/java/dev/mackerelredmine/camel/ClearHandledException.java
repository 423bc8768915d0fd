package dev.mackerelredmine.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * In a doCatch: clears what was caught. Camel leaves the marks that the inner route's error handler made, by which the outer one takes
 * its own exception for not handled, too, and logs it with its stack trace, or passes over the next one.
 */
public final class ClearHandledException implements Processor {

    @Override
    public void process(Exchange exchange) {
        ThrowAgain.handleErrorsAfresh(exchange);
    }
}
