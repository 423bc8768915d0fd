package dev.mackerelredmine.gate;

import java.util.Map;

/**
 * Why a request is not let in. All of it is shown to the sender, and logged: it holds no secret, and nothing that the sender sent.
 *
 * @param status the answer's status
 * @param headers further headers of the answer, such as Retry-After
 */
public record Refusal(int status, String title, String detail, Map<String, String> headers) {}
