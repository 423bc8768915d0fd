package dev.mackerelredmine.camel;

import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.store.StoreException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts what a step threw into the variable {@code failure}, without what Camel wrapped around it on its way out of a split. Only causes
 * count: what was thrown before, and handled, hangs on the same exception as suppressed.
 */
public final class UnwrapCause implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Throwable ours = Stream.<Throwable>iterate(caught, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof DeliveryException
                        || cause instanceof StoreException
                        || cause instanceof StepFailedException)
                .findFirst()
                .orElse(caught);
        exchange.setVariable("failure", ours);
    }
}
