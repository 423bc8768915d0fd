package dev.mackerelredmine.fakeredmine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.fakeredmine.FakeRedmineData.User;
import dev.mackerelredmine.fakeredmine.StoredIssue.Attachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pages of a project's wiki. A change that names another version than the newest is a conflict; one that names none is taken. */
final class FakeWiki {

    record Page(
            String title,
            String text,
            int version,
            User author,
            String comments,
            Instant createdOn,
            Instant updatedOn,
            List<Attachment> attachments) {}

    private final Map<String, Page> pages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final FakeUploads uploads;

    FakeWiki(FakeUploads uploads) {
        this.uploads = uploads;
    }

    Optional<Page> page(String asked) {
        return Optional.ofNullable(pages.get(title(asked)));
    }

    /** @return empty where the page has another version */
    Optional<Page> write(String asked, JsonNode wikiPage, User user, Instant now) {
        String text = wikiPage.path("text").asText();
        if (text.isBlank()) {
            throw new UnsupportedOperationException("a wiki page without text");
        }
        String title = title(asked);
        Page before = pages.get(title);
        boolean isOther = before == null || !before.text().equals(text);
        if (before != null && isOther && wikiPage.path("version").asInt(before.version()) != before.version()) {
            return Optional.empty();
        }
        List<Attachment> attachments = new ArrayList<>(before == null ? List.of() : before.attachments());
        attachments.addAll(uploads.take(wikiPage, user, now));
        Page page = new Page(
                before == null ? title : before.title(),
                text,
                (before == null ? 0 : before.version()) + (isOther ? 1 : 0),
                user,
                wikiPage.path("comments").asText(null),
                before == null ? now : before.createdOn(),
                now,
                attachments);
        pages.put(title, page);
        return Optional.of(page);
    }

    /** Blanks become underlines, what is not for titles goes, and the first letter is a capital one. */
    private static String title(String asked) {
        String title = asked.replaceAll("\\s+", "_").replaceAll("[,./?;|:]", "");
        return title.substring(0, 1).toUpperCase() + title.substring(1);
    }
}
