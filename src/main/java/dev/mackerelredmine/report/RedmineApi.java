package dev.mackerelredmine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.redmine.DeliveryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/** Asks Redmine as deliveries do, by their routes: with the same address, key, budget and reading of what it answers. */
final class RedmineApi implements RedmineReads {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext camelContext;

    RedmineApi(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public JsonNode get(String path, String query) throws DeliveryException {
        return read(request("direct:redmine-get", exchange -> {
            exchange.setVariable("path", path);
            exchange.setVariable("query", query);
        }));
    }

    void put(String path, Object body) throws DeliveryException {
        request("direct:redmine-call", exchange -> {
            exchange.setVariable("path", path);
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "PUT");
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
            exchange.getMessage().setBody(JSON.writeValueAsBytes(body));
        });
    }

    /** Answers the token by which the file can be attached. */
    String upload(String name, byte[] file) throws DeliveryException {
        return read(request("direct:redmine-call", exchange -> {
                    exchange.setVariable("path", "/uploads.json");
                    exchange.setVariable("query", "filename=" + name);
                    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
                    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/octet-stream");
                    exchange.getMessage().setBody(file);
                }))
                .at("/upload/token")
                .asText();
    }

    private byte[] request(String route, Processor question) throws DeliveryException {
        try (ProducerTemplate template = camelContext.createProducerTemplate()) {
            Exchange answer = template.request(route, question);
            for (Throwable failure = answer.getException(); failure != null; failure = failure.getCause()) {
                if (failure instanceof DeliveryException known) {
                    throw known;
                }
            }
            if (answer.getException() != null) {
                throw new IllegalStateException(answer.getException());
            }
            return answer.getMessage().getBody(byte[].class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Redmine answered with something that is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
