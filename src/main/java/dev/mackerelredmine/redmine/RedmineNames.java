package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redmine's numbers for the names that people use. Each list is fetched once, page by page, and again when a name is not in it.
 * The log names a name that Redmine does not have once for each time that its list was fetched.
 * In a preview, which asks Redmine for nothing, no name has a number, every number is accepted, and nothing is reported as missing.
 */
public final class RedmineNames {

    /** In place of a status's name: whichever closed one comes first. */
    public static final String ANY_CLOSED = "*";

    private static final Logger LOG = LoggerFactory.getLogger(RedmineNames.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String OFFSET = "&offset=";
    private static final String INCLUDED = "include=";

    private final RedmineOutcomes outcomes;
    private final Clock clock;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    private final Map<String, Pages> begun = new ConcurrentHashMap<>();

    public RedmineNames(RedmineOutcomes outcomes) {
        this(outcomes, Clock.systemUTC());
    }

    RedmineNames(RedmineOutcomes outcomes, Clock clock) {
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** The list, or the next page of it, that has to be fetched before this name's number is known. */
    public Optional<String> toFetch(RedmineName name) {
        if (name.isBlank() || name.isTakenAsItIs() || isKnown(name)) {
            return Optional.empty();
        }
        Pages pages = begun.get(name.list());
        return Optional.of(pages == null ? name.list() : name.list() + OFFSET + pages.next());
    }

    private boolean isKnown(RedmineName name) {
        Listing listing = listing(name);
        return listing.numbers().containsKey(name.text())
                || !listing.fetched().plus(FRESH).isBefore(clock.instant());
    }

    /** Takes in one list, or one page of it, as Redmine answered it. A list counts when all of its pages are there. */
    public synchronized void learn(String path, byte[] answer) throws DeliveryException {
        try {
            JsonNode root = JSON.readTree(answer);
            JsonNode entries = root.isObject() ? root.findValue(key(path)) : null;
            if (entries == null
                    && path.contains(INCLUDED)
                    && root.path("project").isObject()) {
                // Since 6.1.4 Redmine leaves it out where the user may not view issues: then there is no such name.
                entries = JSON.createArrayNode();
            }
            if (entries == null || !entries.isArray()) {
                throw new IOException("no list in the answer");
            }
            learn(path, entries, root.path("total_count").asInt());
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("GET", path, new IOException(e));
        }
    }

    private void learn(String path, JsonNode entries, int total) {
        int page = path.indexOf(OFFSET);
        String list = page < 0 ? path : path.substring(0, page);
        int offset = page < 0 ? 0 : Integer.parseInt(path.substring(page + OFFSET.length()));
        Pages before = offset == 0 ? new Pages(Map.of(), 0, clock.instant()) : begun.get(list);
        if (before == null || before.next() != offset) {
            return; // somebody else was faster, and learned this page
        }
        Pages pages = before.and(entries);
        if (entries.isEmpty() || pages.next() >= total) {
            listings.put(list, new Listing(pages.numbers(), pages.since(), ConcurrentHashMap.newKeySet()));
            begun.remove(list);
        } else {
            begun.put(list, pages);
        }
    }

    /** What Redmine calls the list: the last word of the path, unless another thing is asked to include it. */
    private static String key(String path) {
        return path.contains(INCLUDED)
                ? path.replaceFirst(".*" + INCLUDED, "")
                : path.replaceFirst("\\.json.*", "").replaceFirst(".*/", "");
    }

    /** Redmine's number for this name; null where it is blank, or Redmine does not have it, or was never asked for a name. */
    public Long number(RedmineName name) {
        if (name.isBlank()) {
            return null;
        }
        boolean wasAsked = listing(name) != Listing.NEVER;
        if (name.isTakenAsItIs() || name.isNumber() && !wasAsked) {
            return Long.valueOf(name.text());
        }
        if (lacks(name) && listing(name).reported().add(name.kind() + " " + name.text())) {
            LOG.error(
                    "Redmine shows no {} \"{}\" in {}: the default is used. Check the settings and policy.camel.yaml.",
                    name.kind(),
                    name.text(),
                    name.list());
        }
        return listing(name).numbers().get(name.text());
    }

    /** Whether Redmine was asked for this name, and does not have it. */
    public boolean lacks(RedmineName name) {
        return !name.isBlank()
                && !name.isTakenAsItIs()
                && listing(name) != Listing.NEVER
                && !listing(name).numbers().containsKey(name.text());
    }

    private Listing listing(RedmineName name) {
        return listings.getOrDefault(name.list(), Listing.NEVER);
    }

    private record Listing(Map<String, Long> numbers, Instant fetched, Set<String> reported) {
        static final Listing NEVER = new Listing(Map.of(), Instant.EPOCH, Set.of());
    }

    /** The first pages of a list that is being fetched. */
    private record Pages(Map<String, Long> numbers, int next, Instant since) {

        Pages and(JsonNode entries) {
            Map<String, Long> more = new HashMap<>(numbers);
            entries.forEach(entry -> add(more, entry));
            return new Pages(more, next + entries.size(), since);
        }

        /** A member is a user or a group; all else has its number and name itself. Of two that have one name the first counts. */
        private static void add(Map<String, Long> numbers, JsonNode entry) {
            JsonNode named = entry.has("user") ? entry.get("user") : entry.has("group") ? entry.get("group") : entry;
            if (!named.hasNonNull("id") || !named.hasNonNull("name")) {
                return;
            }
            long number = named.get("id").asLong();
            numbers.putIfAbsent(named.get("name").asText(), number);
            numbers.put(Long.toString(number), number);
            if (named.hasNonNull("identifier")) {
                numbers.put(named.get("identifier").asText(), number);
            }
            if (named.path("is_closed").asBoolean()) {
                numbers.putIfAbsent(ANY_CLOSED, number);
            }
        }
    }
}
