package dev.mackerelredmine;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.paging.message.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** routes/notify.camel.yaml and what it calls, without the rest of the service. What it would do in Redmine is kept. */
final class NotifyRoutes implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>();
    private final List<Page> inRedmine = new CopyOnWriteArrayList<>();
    private String notify = "file:routes/notify.camel.yaml";
    private String sending = "file:routes/service/page.camel.yaml";
    private Main main;

    NotifyRoutes with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** With this file in place of routes/notify.camel.yaml. */
    NotifyRoutes withNotify(Object file) {
        notify = "file:" + file;
        return this;
    }

    /** With this file in place of routes/service/page.camel.yaml. */
    NotifyRoutes withSending(Object file) {
        sending = "file:" + file;
        return this;
    }

    NotifyRoutes start() throws Exception {
        main = Routes.withoutPorts();
        main.setDefaultPropertyPlaceholderLocation("file:application.properties");
        main.configure()
                .withRoutesIncludePattern(String.join(
                        ",",
                        "file:routes/beans/1-all.camel.yaml",
                        "file:routes/beans/6-notify.camel.yaml",
                        notify,
                        sending));
        // They are read only where somebody is to be notified.
        main.addOverrideProperty("escalation.file", "escalation.yaml");
        settings.forEach(main::addOverrideProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:page-in-redmine")
                        .process(exchange -> inRedmine.add(exchange.getMessage().getBody(Page.class)));
            }
        });
        Routes.start(main);
        return this;
    }

    CamelContext camelContext() {
        return main.getCamelContext();
    }

    List<Page> inRedmine() {
        return inRedmine;
    }

    /** What came of it. */
    Exchange send(Page page) {
        return main.getCamelContext()
                .createProducerTemplate()
                .send("direct:notify", exchange -> exchange.getMessage().setBody(page));
    }

    /** @return null where the means took it */
    String failure(Page page) {
        Exception failure = send(page).getException();
        return failure == null ? null : failure.getMessage();
    }

    @Override
    public void close() {
        if (main != null) {
            main.stop();
        }
    }
}
