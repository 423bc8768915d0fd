package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redmine's numbers for the names that people use. Each list is fetched once, and again when a name is not in it.
 * A name that Redmine does not have is left to Redmine's default, and the log says so; a number is taken as it is.
 * In a preview, where nobody asks Redmine, no name has a number.
 */
public final class RedmineNames {

    private static final Logger LOG = LoggerFactory.getLogger(RedmineNames.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** In place of a status's name: whichever closed one comes first. */
    public static final String ANY_CLOSED = "*";

    private static final String TRACKERS = "/trackers.json";
    private static final String STATUSES = "/issue_statuses.json";
    private static final String PRIORITIES = "/enumerations/issue_priorities.json";

    private final RedmineOutcomes outcomes;
    private final Clock clock;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();

    public RedmineNames(RedmineOutcomes outcomes) {
        this(outcomes, Clock.systemUTC());
    }

    RedmineNames(RedmineOutcomes outcomes, Clock clock) {
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** The lists that have to be fetched before all of these can be told. */
    public List<String> toFetch(String project, String tracker, String status, String priority, String assignee) {
        return Stream.of(
                        new Name(TRACKERS, tracker),
                        new Name(STATUSES, status),
                        new Name(PRIORITIES, priority),
                        new Name(members(project), assignee))
                .filter(this::isUnknown)
                .map(Name::path)
                .toList();
    }

    /** Takes in one list as Redmine answered it. */
    public void learn(String path, byte[] answer) throws DeliveryException {
        try {
            JsonNode lists = JSON.readTree(answer);
            if (!lists.isObject()) {
                throw new IOException("no list in the answer");
            }
            Map<String, Long> numbers = new HashMap<>();
            lists.elements().forEachRemaining(list -> list.forEach(entry -> learn(numbers, entry)));
            lists.elements().forEachRemaining(list -> list.forEach(entry -> learnClosed(numbers, entry)));
            listings.put(path, new Listing(numbers, clock.instant()));
        } catch (IOException | IllegalArgumentException e) {
            throw outcomes.ofUnreadableAnswer("GET", path, new IOException(e));
        }
    }

    public Long tracker(String nameOrNumber) {
        return number("redmine.tracker", TRACKERS, nameOrNumber);
    }

    public Long status(String nameOrNumber) {
        return number("redmine.status", STATUSES, nameOrNumber);
    }

    /** The closed status of this name or number; null is whichever comes first. */
    public Long closedStatus(String nameOrNumber) {
        return number("redmine.closed-status", STATUSES, nameOrNumber == null ? ANY_CLOSED : nameOrNumber);
    }

    public Long priority(String nameOrNumber) {
        return number("redmine.priority", PRIORITIES, nameOrNumber);
    }

    public Long assignee(String project, String nameOrNumber) {
        return number("redmine.assigned", members(project), nameOrNumber);
    }

    /** A member is a user or a group; all else has its number and name itself. */
    private static void learn(Map<String, Long> numbers, JsonNode entry) {
        JsonNode named = entry.has("user") ? entry.get("user") : entry.has("group") ? entry.get("group") : entry;
        if (named.hasNonNull("id") && named.hasNonNull("name")) {
            numbers.putIfAbsent(named.get("name").asText(), named.get("id").asLong());
        }
    }

    private static void learnClosed(Map<String, Long> numbers, JsonNode entry) {
        if (entry.path("is_closed").asBoolean()) {
            numbers.putIfAbsent(ANY_CLOSED, entry.path("id").asLong());
        }
    }

    private Long number(String setting, String path, String nameOrNumber) {
        if (nameOrNumber == null || nameOrNumber.isBlank()) {
            return null;
        }
        if (isNumber(nameOrNumber)) {
            return Long.valueOf(nameOrNumber);
        }
        Listing listing = listing(path);
        Long number = listing.numbers().get(nameOrNumber);
        boolean wasAsked = listing != Listing.NEVER;
        if (number == null && wasAsked) {
            LOG.error(
                    "Redmine shows no \"{}\" in {}: left to Redmine. Check {} and policy.camel.yaml.",
                    nameOrNumber,
                    path,
                    setting);
        }
        return number;
    }

    private boolean isUnknown(Name name) {
        if (name.text() == null || name.text().isBlank() || isNumber(name.text())) {
            return false;
        }
        Listing listing = listing(name.path());
        return !listing.numbers().containsKey(name.text())
                && listing.fetched().plus(FRESH).isBefore(clock.instant());
    }

    private Listing listing(String path) {
        return listings.getOrDefault(path, Listing.NEVER);
    }

    private static String members(String project) {
        return "/projects/" + URLEncoder.encode(project, StandardCharsets.UTF_8) + "/memberships.json?limit=100";
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }

    private record Name(String path, String text) {}

    private record Listing(Map<String, Long> numbers, Instant fetched) {
        static final Listing NEVER = new Listing(Map.of(), Instant.EPOCH);
    }
}
