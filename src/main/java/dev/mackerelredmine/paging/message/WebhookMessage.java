package dev.mackerelredmine.paging.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page as a webhook gets it: type, timestamp and data, as Standard Webhooks says. */
final class WebhookMessage {

    private static final int MOST = 3_000;

    private WebhookMessage() {}

    static String of(Page page) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", page.id());
        data.put("kind", page.kind());
        data.put("person", page.person());
        data.put("text", PlainText.cut(PlainText.oneLine(page.text()), MOST));
        data.put("ticket", page.ticket());
        data.put("round", page.round());
        data.put("step", page.step());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "escalation." + page.kind());
        message.put("timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        message.put("data", data);
        return PlainText.json(message);
    }
}
