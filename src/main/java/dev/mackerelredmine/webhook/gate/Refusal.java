package dev.mackerelredmine.webhook.gate;

import java.util.Map;

/**
 * Why a request is refused. All but the advice is shown to the sender; all of it is logged. It holds no secret, and nothing that the sender
 * sent but valid addresses.
 *
 * @param status the answer's status
 * @param headers further headers of the answer, such as Retry-After
 * @param advice what the operator may want to know or do; may be empty
 */
public record Refusal(int status, String title, String detail, Map<String, String> headers, String advice) {

    public Refusal(int status, String title, String detail, Map<String, String> headers) {
        this(status, title, detail, headers, "");
    }
}
