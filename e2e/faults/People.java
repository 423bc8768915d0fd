package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three people who work in Redmine meanwhile, straight and not through the proxy: they take tickets, give them to each other, give them back,
 * write, begin to work on them, and close them. Drawn from the seed.
 */
final class People implements AutoCloseable {

    /** How their notes begin: they tell nothing of what happened. */
    static final String NOTE = "Seen by ";

    private static final List<String> LOGINS = List.of("hanako", "taro", "jiro");
    static final String LASTNAME = "Test";
    private static final int TICKETS = 25;
    private static final int REGROUPING = 6;
    private static final long BETWEEN_ACTS = 800;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Redmine redmine;
    private final boolean regroups;
    private final SplittableRandom random;
    private final Map<String, Long> ids = new HashMap<>();
    private final AtomicInteger acts = new AtomicInteger();
    private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1, Threads.named("people"));

    /**
     * Makes them members of the project, with the role that its developer has.
     *
     * @param regroups whether they also take tickets out of incidents, and put others in
     */
    People(long seed, Redmine redmine, boolean regroups) throws IOException, InterruptedException {
        this.redmine = redmine;
        this.regroups = regroups;
        this.random = new SplittableRandom(seed + 2);
        for (String login : LOGINS) {
            ids.put(login, member(login));
        }
    }

    /** @param user as Redmine shows one beside what was done */
    static boolean isOneOf(JsonNode user) {
        return LOGINS.stream().anyMatch(login -> user.path("name").asText().equals(login + " " + LASTNAME));
    }

    private long member(String login) throws IOException, InterruptedException {
        ObjectNode user = JSON.createObjectNode();
        user.putObject("user")
                .put("login", login)
                .put("firstname", login)
                .put("lastname", LASTNAME)
                .put("mail", login + "@example.com")
                .put("password", "one of the people");
        long id = JSON.readTree(redmine.send("POST", "/users.json", user).body())
                .at("/user/id")
                .asLong();
        ObjectNode membership = JSON.createObjectNode();
        membership
                .putObject("membership")
                .put("user_id", id)
                .putArray("role_ids")
                .add(roleOfDeveloper());
        redmine.send("POST", "/projects/alert/memberships.json", membership);
        return id;
    }

    private long roleOfDeveloper() throws IOException, InterruptedException {
        for (JsonNode member :
                redmine.get("/projects/alert/memberships.json?limit=100").get("memberships")) {
            if (member.at("/user/id").asText().equals(redmine.id("user_dev"))) {
                return member.at("/roles/0/id").asLong();
            }
        }
        throw new IOException("Redmine was seeded without a membership of user_dev");
    }

    void start() {
        worker.scheduleWithFixedDelay(this::act, BETWEEN_ACTS, BETWEEN_ACTS, TimeUnit.MILLISECONDS);
    }

    /** What was done by them and answered. */
    int acts() {
        return acts.get();
    }

    private void act() {
        try {
            List<JsonNode> open = new ArrayList<>();
            redmine.get("/issues.json?status_id=open&sort=id:desc&limit=" + TICKETS)
                    .get("issues")
                    .forEach(open::add);
            if (open.isEmpty()) {
                return;
            }
            String who = LOGINS.get(random.nextInt(LOGINS.size()));
            JsonNode one = open.get(random.nextInt(open.size()));
            ObjectNode change = regroups && random.nextInt(REGROUPING) == 0 ? regrouping(one, open) : change(who);
            String path = "/issues/" + one.get("id").asLong() + ".json";
            redmine.sendAs(who, "PUT", path, JSON.createObjectNode().set("issue", change));
            acts.incrementAndGet();
        } catch (IOException e) {
            // Redmine is away: people wait, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Out of the incident in which it is, or into one. */
    private ObjectNode regrouping(JsonNode issue, List<JsonNode> open) {
        ObjectNode change = JSON.createObjectNode();
        if (issue.has("parent")) {
            return change.put("parent_issue_id", "");
        }
        open.stream()
                .filter(other -> other.path("subject").asText().contains(Grouped.IN_SUBJECT) && other != issue)
                .filter(other -> !issue.path("subject").asText().contains(Grouped.IN_SUBJECT))
                .findFirst()
                .ifPresent(incident ->
                        change.put("parent_issue_id", incident.get("id").asLong()));
        return change;
    }

    private ObjectNode change(String who) {
        ObjectNode change = JSON.createObjectNode();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> change.put("assigned_to_id", ids.get(who));
            case 3 -> change.put("assigned_to_id", ids.get(LOGINS.get(random.nextInt(LOGINS.size()))));
            case 4 -> change.put("assigned_to_id", "");
            case 5 -> change.put("assigned_to_id", ids.get(who)).put("notes", NOTE + who);
            case 6 -> change.put("status_id", redmine.id("status_in_progress"));
            case 7 -> change.put("status_id", redmine.id(random.nextBoolean() ? "status_closed" : "status_new"));
            default -> change.put("notes", NOTE + who);
        }
        return change;
    }

    /** They go home: nothing of theirs is under way any more. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Redmine has not answered a person for a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
