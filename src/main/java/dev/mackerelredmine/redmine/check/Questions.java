package dev.mackerelredmine.redmine.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/** Asks Redmine as deliveries do, by their route: with the same address, key, headers and TLS. The same is asked once. */
final class Questions {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final CamelContext camelContext;
    private final Map<String, Answer> answers = new HashMap<>();

    Questions(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    Answer ask(String path) {
        return ask(path, null);
    }

    Answer ask(String path, String query) {
        return answers.computeIfAbsent(path + "?" + query, asked -> askNow(path, query));
    }

    /** Of an issue that Redmine cannot take. */
    Answer askForCreation(String path, Map<String, Object> issue) {
        return answers.computeIfAbsent(
                path + " " + issue,
                asked -> request("direct:redmine-dry-run", exchange -> {
                    exchange.setVariable("path", path);
                    exchange.getMessage().setBody(Map.of("issue", issue));
                }));
    }

    /** Sends what Redmine is to do, once. */
    Answer send(String method, String path, Map<String, Object> issue) {
        return request("direct:redmine-call", exchange -> {
            exchange.setVariable("path", path);
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
            exchange.getMessage().setBody(JSON.writeValueAsBytes(Map.of("issue", issue)));
        });
    }

    /** Sees it as it is now, and not as it was when it was asked for before. */
    Answer askAgain(String path, String query) {
        answers.remove(path + "?" + query);
        return ask(path, query);
    }

    private Answer askNow(String path, String query) {
        return request("direct:redmine-get", exchange -> {
            exchange.setVariable("path", path);
            exchange.setVariable("query", query);
        });
    }

    private Answer request(String route, Processor question) {
        try (ProducerTemplate template = camelContext.createProducerTemplate()) {
            // An event of no route, in the metrics, would keep those of the routes out.
            template.setEventNotifierEnabled(false);
            Instant sent = Instant.now();
            return answer(template.request(route, question), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the status made a failure of an answer, status and body are still there. */
    private static Answer answer(Exchange exchange, Instant sent) {
        Exception failure = exchange.getException();
        if (failure == null) {
            return Answer.good(
                    exchange.getMessage().getBody(byte[].class),
                    Clocks.ahead(exchange.getMessage().getHeader("Date", String.class), sent, Instant.now()));
        }
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status == null
                ? Answer.failed(0, null, null, String.valueOf(failure.getMessage()))
                : Answer.failed(
                        status,
                        exchange.getMessage().getBody(byte[].class),
                        exchange.getMessage().getHeader("Location", String.class),
                        String.valueOf(failure.getMessage()));
    }
}
