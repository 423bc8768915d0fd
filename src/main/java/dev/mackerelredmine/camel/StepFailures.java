package dev.mackerelredmine.camel;

import dev.mackerelredmine.paging.message.PageFailedException;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;

/**
 * In a doCatch around a route that people edit: throws what went wrong there as a {@link StepFailedException}. A mistake fails for each
 * alert and at each try, and is logged once a minute.
 */
public final class StepFailures implements Processor {

    private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Long> logged = new HashMap<>();

    public StepFailures() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock that nobody sets */
    StepFailures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (caught instanceof DeliveryException || caught instanceof StoreException) {
            throw caught;
        }
        throw new StepFailedException(said(exchange, caught, ExchangeHelper.getAtRouteId(exchange)), caught);
    }

    /**
     * What went wrong in the last step that was taken in another route than that in which it is caught. A means that did not take a page, and
     * a setting that is missing, are no mistake in a step.
     */
    public static String said(Exchange exchange, Throwable failure, String catching) {
        if (failure instanceof PageFailedException || failure instanceof SettingsException) {
            return failure.getMessage();
        }
        List<?> steps = exchange.getProperty(Exchange.MESSAGE_HISTORY, List.of(), List.class);
        return steps.stream()
                .map(MessageHistory.class::cast)
                .filter(step -> !step.getRouteId().equals(catching))
                .reduce((before, after) -> after)
                .map(last -> RouteMistake.in(failure, last.getNode(), last.getRouteId(), exchange.getContext()))
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    /** Whether this failure of a step was not logged within the last minute; then it counts as logged now. Others are always logged. */
    public synchronized boolean isToBeLogged(Exception failure) {
        if (!(failure instanceof StepFailedException)) {
            return true;
        }
        long now = nanoTime.getAsLong();
        logged.values().removeIf(time -> now - time >= A_MINUTE);
        return logged.putIfAbsent(failure.getMessage(), now) == null;
    }
}
