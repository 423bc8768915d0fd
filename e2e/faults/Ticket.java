package faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An issue as a person reads it: which changes its description and its notes tell, in order, and what else it shows. */
final class Ticket {

    private static final Pattern TOKEN = Pattern.compile("\\bt\\d+c\\d+\\b");
    private static final Pattern STATUS = Pattern.compile("\\b(OK|WARNING|UNKNOWN|CRITICAL)\\b");
    private static final Pattern MARKER = Pattern.compile("(?m)^mackerel-redmine:\\S+$");
    /** Of a note that says what became of a round of an escalation. */
    private static final Pattern PAGE = Pattern.compile("(?m)^mackerel-redmine:page-\\S+$");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final String HISTORY = "| Time | Status | What happened |";
    private static final String NOTIFICATION = "{{collapse(";

    /** What the same notification again has us say, of a ticket that a person closed. */
    private static final String STILL_FIRES = "It still fires, although the ticket is closed";

    /** That a change is shown: by its token, and the status that it is shown with. */
    record Mention(String token, String status) {}

    /** What we wrote to it, without the notes of people; journal is its number in Redmine. */
    record Note(long journal, String text) {
        boolean tells(String token) {
            return text.matches("(?s).*\\b" + token + "\\b.*");
        }
    }

    private final JsonNode issue;
    private final String alertField;
    private final String levelField;
    private final String description;
    private final List<Note> notes = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private final Set<String> rounds = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private String onlyChange = "";
    private boolean isStatusOfPerson;

    Ticket(JsonNode issue, String alertField, String levelField) {
        this.issue = issue;
        this.alertField = alertField;
        this.levelField = levelField;
        this.description = lines(issue.path("description").asText());
        issue.path("journals").forEach(journal -> {
            String text = lines(journal.path("notes").asText());
            if (!text.isBlank() && !text.startsWith(People.NOTE)) {
                notes.add(new Note(journal.path("id").asLong(), text));
            }
            for (JsonNode detail : journal.path("details")) {
                isStatusOfPerson |=
                        detail.path("name").asText().equals("status_id") && People.isOneOf(journal.path("user"));
            }
        });
        if (!MARKER.matcher(description).find()) {
            faults.add("has no marker");
        }
        readDescription();
        notes.forEach(note -> readNote(note.text()));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    /** Where several changes are shown they stand in a table; else it is about the one whose message it shows. */
    private void readDescription() {
        String shown = description.split(Pattern.quote(NOTIFICATION), 2)[0];
        int table = shown.indexOf(HISTORY);
        if (table >= 0) {
            shown.substring(table).lines().forEach(this::readLine);
            return;
        }
        Matcher token = TOKEN.matcher(shown);
        Matcher status = STATUS.matcher(shown);
        if (token.find() && status.find()) {
            onlyChange = token.group();
            mentions.add(new Mention(token.group(), status.group().toLowerCase(Locale.ROOT)));
        } else {
            faults.add("tells of no change in its description");
        }
    }

    private void readNote(String note) {
        Matcher page = PAGE.matcher(note);
        if (page.find()) {
            if (!rounds.add(page.group())) {
                faults.add("has a note twice: " + page.group());
            }
            return;
        }
        if (note.contains(STILL_FIRES)) {
            return;
        }
        int before = mentions.size();
        note.lines().forEach(this::readLine);
        if (mentions.size() == before) {
            faults.add("has a note that tells of no change: " + note.replace('\n', ' '));
        }
    }

    private void readLine(String line) {
        Matcher token = TOKEN.matcher(line);
        while (token.find()) {
            String status = "";
            Matcher statuses = STATUS.matcher(line.substring(0, token.start()));
            while (statuses.find()) {
                status = statuses.group().toLowerCase(Locale.ROOT);
            }
            mentions.add(new Mention(token.group(), status));
        }
    }

    List<Mention> mentions() {
        return mentions;
    }

    /** By its token, the change that its description is about, when that tells of one alone; else nothing. */
    String onlyChange() {
        return onlyChange;
    }

    /** What is wrong with its form. */
    List<String> faults() {
        return faults;
    }

    long times(String token) {
        return mentions.stream()
                .filter(mention -> mention.token().equals(token))
                .count();
    }

    /** Whether it tells that something happened at this second. */
    boolean shows(Instant time) {
        String shown = TIME.format(time);
        return description.contains(shown)
                || notes.stream().anyMatch(note -> note.text().contains(shown));
    }

    List<Note> notes() {
        return notes;
    }

    JsonNode issue() {
        return issue;
    }

    long number() {
        return issue.get("id").asLong();
    }

    String alertId() {
        return field(alertField);
    }

    String level() {
        return field(levelField);
    }

    private String field(String id) {
        for (JsonNode field : issue.path("custom_fields")) {
            if (field.path("id").asText().equals(id)) {
                return field.path("value").asText();
            }
        }
        return "";
    }

    String marker() {
        Matcher marker = MARKER.matcher(description);
        return marker.find() ? marker.group() : "none, in " + this;
    }

    String subject() {
        return issue.path("subject").asText();
    }

    String priority() {
        return issue.path("priority").path("id").asText();
    }

    boolean isClosed() {
        return issue.path("status").path("is_closed").asBoolean();
    }

    /** Whether one of the people ever set its status: then it may be open or closed, and what comes next may go on in it or not. */
    boolean isStatusOfPerson() {
        return isStatusOfPerson;
    }

    @Override
    public String toString() {
        return "#" + number();
    }
}
