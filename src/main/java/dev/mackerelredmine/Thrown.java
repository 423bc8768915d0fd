package dev.mackerelredmine;

import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.store.StoreException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/** Puts what a step threw into the variable {@code thrown}, without what Camel wrapped around it on its way out of a split. */
public final class Thrown implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Exception ours = Stream.of(DeliveryException.class, StoreException.class)
                .<Exception>map(type -> ObjectHelper.getException(type, caught))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(caught);
        exchange.setVariable("thrown", ours);
    }
}
