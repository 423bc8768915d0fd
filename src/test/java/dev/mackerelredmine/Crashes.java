package dev.mackerelredmine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Ends a delivery between any two of its steps, as a crash does: what was done before stays done, and nothing after is. That the lease of
 * a dead process runs out is StoreTest's; here the problem is due again at once. Where the crash comes while a failure is handled, nothing makes the
 * problem due, and its lease has to run out.
 */
final class Crashes implements InterceptStrategy {

    private final AtomicInteger stepsLeft = new AtomicInteger(-1);
    private final AtomicInteger crashes = new AtomicInteger();
    private volatile Runnable leaseRunsOut = () -> {};

    /** The next crash comes after so many steps. */
    void after(int steps) {
        stepsLeft.set(steps);
    }

    /** What happens when a crash has left a lease behind. */
    void leaveLeaseTo(Runnable end) {
        leaseRunsOut = end;
    }

    void never() {
        stepsLeft.set(-1);
    }

    int count() {
        return crashes.get();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor next) {
        String route = routeOf(step);
        boolean delivers = route.startsWith("ticket-")
                || route.startsWith("redmine-")
                || route.equals("deliver-next") && isInLoop(step);
        return delivers ? new Crashing(target) : target;
    }

    private static boolean isInLoop(NamedNode step) {
        return Stream.iterate(step.getParent(), Objects::nonNull, NamedNode::getParent)
                .anyMatch(LoopDefinition.class::isInstance);
    }

    private static String routeOf(NamedNode step) {
        NamedNode node = step;
        while (node != null && !(node instanceof NamedRoute)) {
            node = node.getParent();
        }
        return node == null ? "" : ((NamedRoute) node).getRouteId();
    }

    private final class Crashing extends DelegateAsyncProcessor {

        Crashing(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (stepsLeft.getAndUpdate(left -> left < 0 ? left : left - 1) == 0) {
                crashes.incrementAndGet();
                exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onFailure(Exchange ended) {
                        leaseRunsOut.run();
                    }
                });
                exchange.setException(new IllegalStateException("crashed"));
                callback.done(true);
                return true;
            }
            return super.process(exchange, callback);
        }
    }
}
