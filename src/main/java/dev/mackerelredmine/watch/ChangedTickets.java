package dev.mackerelredmine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Which of our tickets members of their projects changed since the last poll, by Redmine's clock: listed for each hundred members, page by page,
 * the oldest change first.
 */
final class ChangedTickets {

    /** Redmine's times are whole seconds, and what is changed shows a little later. */
    static final Duration OVERLAP = Duration.ofSeconds(1);

    /** More in one filter, and Redmine up to 6.1.3 may answer 500: it keeps the filter in a cookie. */
    private static final int MOST_USERS = 100;

    private static final int PAGE = 100;

    /** Where something is changed while pages are turned, others take its place: so they overlap. */
    private static final int OVERLAP_OF_PAGES = 10;

    private static final int MOST_PAGES = 10;

    private final Instant since;
    private final Deque<List<Long>> users;
    private final Map<Long, Instant> unread = new HashMap<>();
    private int offset;
    private int pages;
    private Instant listedUpTo;
    private Instant cutAt;

    /** @param since up to when all changes were known before */
    ChangedTickets(Collection<Long> members, Instant since) {
        this.since = since;
        this.users = new ArrayDeque<>(Parts.of(List.copyOf(members), MOST_USERS));
    }

    boolean hasMore() {
        return !users.isEmpty();
    }

    /** What to ask for: a page. */
    String query() {
        String ids = users.element().stream().map(Object::toString).collect(Collectors.joining("|"));
        return "author_id=me&status_id=*&last_updated_by=" + encoded(ids) + "&updated_on="
                + encoded(">=" + since.minus(OVERLAP)) + "&sort=updated_on&limit=" + PAGE + "&offset=" + offset;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param isNews whether the ticket of this number is ours, and not known as it was changed at this time */
    void listed(JsonNode list, BiPredicate<Long, Instant> isNews) {
        JsonNode page = list.path("issues");
        Instant last = null;
        for (JsonNode issue : page) {
            long number = issue.path("id").asLong();
            last = RedminePoll.updated(issue);
            listedUpTo = listedUpTo == null || listedUpTo.isBefore(last) ? last : listedUpTo;
            if (isNews.test(number, last)) {
                unread.put(number, last);
            }
        }
        pages++;
        boolean isMore = !page.isEmpty()
                && offset + page.size() < list.path("total_count").asInt();
        if (isMore && pages < MOST_PAGES) {
            offset += PAGE - OVERLAP_OF_PAGES;
            return;
        }
        if (isMore) {
            cutAt = cutAt == null || last.isBefore(cutAt) ? last : cutAt;
        }
        users.remove();
        offset = 0;
        pages = 0;
    }

    /** Of those that are to be read, the one that was changed first. */
    Optional<Long> firstUnread() {
        return unread.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    boolean isUnread(long issue) {
        return unread.containsKey(issue);
    }

    void isRead(long issue) {
        unread.remove(issue);
    }

    /** Up to when all is known now: up to the last change that was listed, or the first of those that were not read. */
    Instant knownUpTo() {
        if (hasMore() || listedUpTo == null) {
            return since;
        }
        Instant upTo = unread.values().stream().min(Comparator.naturalOrder()).orElse(listedUpTo);
        if (cutAt != null && cutAt.isBefore(upTo)) {
            upTo = cutAt;
        }
        return upTo.isAfter(since) ? upTo : since;
    }
}
