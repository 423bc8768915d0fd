package dev.mackerelredmine.ticket.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.text.Lines;
import dev.mackerelredmine.text.Markup;
import dev.mackerelredmine.text.Section;
import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import dev.mackerelredmine.text.WebAddress;
import dev.mackerelredmine.ticket.IncidentList;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a ticket: a subject in one line of at most 255 characters, a description and notes. How they are put stands in the
 * templates; by what a ticket and a note are found again does not depend on them.
 */
public final class TicketText {

    /** Redmine's limit, in characters, not bytes; a longer subject is refused. */
    private static final int LONGEST_SUBJECT = 255;

    /** Unicode's extended grapheme cluster: Java 17's BreakIterator does not know emoji that are joined. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter INDENTED = JSON.writer(
            new DefaultPrettyPrinter().withObjectIndenter(TWO_SPACES).withArrayIndenter(TWO_SPACES));

    private final Texts texts;
    private final TextFormat format;
    private final Sentences sentences;
    private final TemplateModel model;
    private final Timeline timeline;
    private final IncidentModel incident;

    public TicketText(Texts texts, TextFormat format, ZoneId zone) {
        this.texts = texts;
        this.format = format;
        this.sentences = new Sentences(texts.words(), zone);
        this.model = new TemplateModel(sentences, format);
        this.timeline = new Timeline(sentences, model);
        this.incident = new IncidentModel(sentences);
    }

    public String subject(Notification headline) {
        String subject = Lines.one(texts.fill("subject", model.of(headline, TextLevel.FULL)));
        return cut(subject.isEmpty() ? TemplateModel.status(headline.alert().status()) : subject, LONGEST_SUBJECT);
    }

    /** Of an incident's ticket. */
    public String incidentSubject(Notification headline, IncidentList list) {
        String subject = Lines.one(texts.fill("incident-subject", incident.subject(headline, list)));
        return cut(subject.isEmpty() ? TemplateModel.status(headline.alert().status()) : subject, LONGEST_SUBJECT);
    }

    /** Of an incident's ticket: its alerts as they are now. */
    public String incidentDescription(IncidentList list, String marker) {
        return withLastLine(texts.fill("incident", incident.description(list)), marker);
    }

    /** A description in which this is our section; what people wrote around it stays. */
    public String intoDescription(String before, String ours) {
        Section section = new Section(sentences.say("section.begins"), sentences.say("section.ends"));
        return section.into(before, ours);
    }

    public String description(Description description) {
        return withLastLine(
                texts.fill("description", values(description)),
                description.key().marker());
    }

    public String note(Note note) {
        return withLastLine(texts.fill("note", values(note)), note.reference());
    }

    /** A change of a ticket in one line of plain text, in the language of tickets. */
    /** @param person who did it, and to whom that person gave the ticket; null where nobody did */
    public String chatMessage(
            String action, Notification notification, long ticket, String url, String person, String givenTo) {
        return sentences.say(
                "chat." + action,
                subject(notification),
                ticket,
                url,
                Objects.requireNonNullElse(person, ""),
                Objects.requireNonNullElse(givenTo, ""));
    }

    /** Writes everything there can be, and next to nothing, so that templates that cannot are known before an alert comes in. */
    public void tryOut() {
        for (Notification sample : Samples.ALERTS) {
            texts.tryOut("subject", model.of(sample, TextLevel.FULL));
            Samples.descriptions(sample).forEach(description -> texts.tryOut("description", values(description)));
            Samples.notes(sample).forEach(note -> texts.tryOut("note", values(note)));
            Samples.incidents().forEach(list -> {
                texts.tryOut("incident-subject", incident.subject(sample, list));
                texts.tryOut("incident", incident.description(list));
            });
        }
    }

    public String monitor(Notification notification) {
        String name = notification.alert().monitorName();
        return name == null ? "" : Lines.one(name);
    }

    public String alarmHost(Notification notification) {
        return Lines.one(notification.alarmHost());
    }

    private Map<String, Object> values(Description description) {
        TextLevel level = description.level();
        Map<String, Object> values = model.of(description.headline(), level);
        values.put("changes", timeline.of(description.changes(), level));
        values.put("remarks", remarks(description.remarks()));
        TemplateModel.put(values, "graph", description.graph(), WebAddress::ofAttachment);
        if (level == TextLevel.FULL) {
            String notification = indented(description.headline().json());
            values.put("notification", new Markup(format.verbatim(notification), notification));
        }
        return values;
    }

    private Map<String, Object> values(Note note) {
        Map<String, Object> values = new HashMap<>();
        values.put("words", sentences.words());
        values.put("changes", timeline.of(note.changes(), note.level()));
        values.put("remarks", remarks(note.remarks()));
        TemplateModel.put(values, "graph", note.graph(), WebAddress::ofAttachment);
        return values;
    }

    private List<String> remarks(List<Remark> remarks) {
        return remarks.stream().map(sentences::remark).toList();
    }

    private static String withLastLine(String text, String line) {
        String above = text.strip();
        return above.isEmpty() ? line : above + "\n\n" + line;
    }

    private static String indented(String json) {
        try {
            return INDENTED.writeValueAsString(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notification's own text is JSON", e);
        }
    }

    /** Cuts between what a reader takes for characters, never within one. */
    static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        int most = text.offsetByCodePoints(0, longest - 1);
        int end = CHARACTER
                .matcher(text)
                .results()
                .mapToInt(MatchResult::end)
                .takeWhile(after -> after <= most)
                .max()
                .orElse(0);
        return text.substring(0, end) + "…";
    }
}
