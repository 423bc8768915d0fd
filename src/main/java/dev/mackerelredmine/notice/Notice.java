package dev.mackerelredmine.notice;

import dev.mackerelredmine.text.ChatJson;

/**
 * What the operator is notified of.
 *
 * @param kind {@code redmine-away}, {@code redmine-back}, {@code stuck}, {@code parked}, {@code actions-parked}, {@code refused},
 *     {@code unanswered} or {@code deliveries-paused}; where
 *     Mackerel is asked, {@code webhooks-lost}, {@code channel-suspended} or {@code older-alerts}, too; where people are notified,
 *     {@code escalation-stuck}, {@code escalation-exhausted}, {@code escalation-paused}, {@code rota-stale} or {@code rota-gap}
 * @param title one line
 * @param text what happened and what to do, in lines of plain text
 */
public record Notice(String kind, String title, String text) {

    /** A title of two lines would be two headers of a mail. */
    public Notice {
        title = title.replaceAll("\\R", " ");
    }

    /** Title and text as the body of a post to an incoming webhook. */
    public String chatJson() {
        return ChatJson.of(toString());
    }

    @Override
    public String toString() {
        return title + ". " + text;
    }
}
