package dev.mackerelredmine.paging.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page as chats take it. Each pings the person and nobody else: what in the text would ping, link or format is written otherwise, also
 * where the chat knows no way to escape it.
 */
final class ChatMessages {

    /** Slack's text may have 40,000; a block of it 3,000. Google Chat and Chatwork take less than the former. */
    private static final int MOST = 3_000;

    /** Where it could begin a format: behind a letter or a digit it cannot. */
    private static final String BEGINS = "(?<![\\p{L}\\p{N}])";

    private ChatMessages() {}

    /** {@code &}, {@code <} and {@code >} as Slack says; what formats has no escape there. */
    static String slack(Page page) {
        return text(slackPing(page) + " " + escaped(unformatted(shortened(page))));
    }

    private static String slackPing(Page page) {
        String id = contact(page, "[A-Za-z0-9]+", "is no member ID of Slack such as U012AB, and no ID of a user group");
        return id.matches("S[A-Z0-9]{2,}") ? "<!subteam^" + id + ">" : "<@" + id + ">";
    }

    /** In Google Chat nothing escapes {@code <users/all>}. */
    static String googleChat(Page page) {
        String id = contact(page, "[0-9]+", "is no number of a user of Google Chat such as 123456789012345678901");
        return text("<users/" + id + "> "
                + unformatted(shortened(page)).replace('<', '‹').replace('>', '›'));
    }

    /** In Chatwork nothing escapes {@code [toall]}. */
    static String chatwork(Page page) {
        String id = contact(page, "[0-9]+", "is no account number of Chatwork such as 1234567");
        return PlainText.form(Map.of(
                "body", "[To:" + id + "] " + shortened(page).replace('[', '［').replace(']', '］')));
    }

    /**
     * Workflows of Teams take an Adaptive Card. The text stands in a block that knows no Markdown, and pings come only of the card's entities.
     */
    static String teams(Page page) {
        String id = contact(page, "[^\\s<>]+", "is no user of Teams such as hanako@example.jp");
        String name = PlainText.oneLine(page.person()).replaceAll("[<>&\\[\\]*_]", "");
        String at = "<at>" + name + "</at>";
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put(
                "body",
                List.of(
                        Map.of("type", "TextBlock", "text", at),
                        Map.of(
                                "type",
                                "RichTextBlock",
                                "inlines",
                                List.of(Map.of("type", "TextRun", "text", shortened(page))))));
        if (page.hasLink()) {
            card.put(
                    "actions",
                    List.of(Map.of(
                            "type",
                            "Action.OpenUrl",
                            "title",
                            "#" + page.ticket().number(),
                            "url",
                            page.ticket().url())));
        }
        card.put(
                "msteams",
                Map.of(
                        "entities",
                        List.of(Map.of("type", "mention", "text", at, "mentioned", Map.of("id", id, "name", name)))));
        return PlainText.json(Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
    }

    private static String text(String text) {
        return PlainText.json(Map.of("text", text));
    }

    private static String shortened(Page page) {
        return PlainText.cut(PlainText.oneLine(page.text()), MOST);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Marks that look alike, where one could make bold, italic, struck or code. */
    private static String unformatted(String text) {
        return text.replaceAll(BEGINS + "\\*", "∗")
                .replaceAll(BEGINS + "_", "ˍ")
                .replaceAll(BEGINS + "~", "∼")
                .replace('`', 'ˋ');
    }

    private static String contact(Page page, String form, String otherwise) {
        String contact = page.contact() == null ? "" : page.contact().strip();
        if (!contact.matches(form)) {
            throw new IllegalArgumentException("the contact of " + page.person() + " " + otherwise);
        }
        return contact;
    }
}
