package dev.mackerelredmine.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

/** Where meters are registered. */
public final class Meters {

    private Meters() {}

    /** Those that Camel shows; in a command, or where they are switched off, some that nobody sees. */
    public static MeterRegistry of(CamelContext camelContext) {
        MeterRegistry shown = camelContext.getRegistry().findSingleByType(MeterRegistry.class);
        return shown == null ? new SimpleMeterRegistry() : shown;
    }
}
