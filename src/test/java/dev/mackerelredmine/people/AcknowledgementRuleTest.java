package dev.mackerelredmine.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.people.Journals.Who;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Journal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who is on a ticket, by what was done to it. Each act is a word with a colon: who, and what. "h:take" is Hanako who makes herself the
 * assignee, "t:give-h" Taro who gives it to her; s:2 sets the status 2 (1 is the first, 5 and 6 are closed).
 */
@Tag("fast")
class AcknowledgementRuleTest {

    private static final Set<How> ALL = EnumSet.of(How.ASSIGNEE, How.STATUS, How.NOTE);

    private final AcknowledgementRule rule = new AcknowledgementRule(ALL, Set.of("CI Robot"));

    private static WhoIsOnIt read(AcknowledgementRule rule, String acts) {
        return rule.of(Journals.of(acts).issue(), Journals.US, WhoIsOnIt.NOBODY);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # nobody has said anything
                                    |          |
        # who makes himself the assignee, changes the status, or writes a note as the assignee, has it
        h:take                      | Hanako 1 | assignee
        h:s2                        | Hanako 1 | status
        h:take h:note               | Hanako 1 | assignee
        us:give-h h:note            | Hanako 2 | note
        us:give-h h:s2              | Hanako 2 | status
        h:s5                        | Hanako 1 | status
        # what others write, and what says nothing about who is on it, does not count
        h:note                      |          |
        us:give-h t:note            |          |
        h:subject                   |          |
        h:private                   |          |
        h:move                      |          |
        h:parent                    |          |
        h:priority                  |          |
        # nor do we, nor who is no person
        us:give-h                   |          |
        us:s2                       |          |
        us:note                     |          |
        ci:take                     |          |
        ci:s2                       |          |
        # who had it first keeps it, until another takes it, or it is given away
        h:s2 t:s3                   | Hanako 1 | status
        h:take t:take               | Taro 2   | assignee
        h:take t:note               | Hanako 1 | assignee
        h:s2 h:take                 | Hanako 1 | status
        # to another person is a hand-over: that person has said nothing yet
        h:give-t                    |          | hand-over
        h:take h:give-t             |          | hand-over
        h:give-t+s2                 |          | hand-over
        h:give-t+note               |          | hand-over
        h:give-ops                  |          | hand-over
        h:take h:give-t t:note      | Taro 3   | note
        h:take h:give-t t:s2        | Taro 3   | status
        h:take h:give-t h:take      | Hanako 3 | assignee
        h:give-t j:s2               | Jiro 2   | status
        # taken back
        h:take h:empty              |          | taken-back
        h:take t:empty              |          | taken-back
        h:take h:give-us            |          | taken-back
        h:s2 h:s1                   |          | taken-back
        h:s2 t:s1                   |          | taken-back
        h:give-t t:empty            |          | taken-back
        h:take h:empty t:s2         | Taro 3   | status
        h:s2 h:s1 h:s2              | Hanako 3 | status
        h:empty                     |          |
        h:s1                        |          |
        h:take+s1                   | Hanako 1 | assignee
        # we do not take it back, except that we open it again
        h:take us:empty             | Hanako 1 | assignee
        h:s2 us:s5                  | Hanako 1 | status
        h:s2 us:s5 us:s1            |          | reopened
        h:s2 us:s5 us:s1 t:s2       | Taro 4   | status
        h:s5 us:s1                  |          | reopened
        h:s2 us:s5 us:s4            |          | reopened
        us:s5 us:s1                 |          |
        """)
    void says_who_has_it(String acts, String who, String how) {
        WhoIsOnIt read = read(rule, acts);

        assertThat(
                        read.hasSomebody()
                                ? read.acknowledged().by().name() + " "
                                        + read.acknowledged().journal()
                                : null)
                .isEqualTo(who);
        Act last = read.hasSomebody() ? read.acknowledged() : read.ended();
        assertThat(last == null ? null : last.how().toString()).isEqualTo(how);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
        ASSIGNEE | h:s2               |
        ASSIGNEE | h:take             | Hanako
        ASSIGNEE | us:give-h h:note   |
        STATUS   | h:take             |
        STATUS   | h:take h:s2        | Hanako
        NOTE     | h:take             |
        NOTE     | h:take+note        | Hanako
        NOTE     | h:s2               |
        NOTE     | h:s5               | Hanako
        ASSIGNEE | h:s5               | Hanako
        """)
    void counts_what_the_settings_say_and_a_closing_always(How counts, String acts, String who) {
        WhoIsOnIt read = read(new AcknowledgementRule(Set.of(counts), Set.of()), acts);

        assertThat(read.hasSomebody() ? read.acknowledged().by().name() : null).isEqualTo(who);
    }

    @ParameterizedTest(name = "{0} -> closed by {1}")
    @CsvSource(delimiter = '|', textBlock = """
        h:s5              | Hanako
        h:take t:s6       | Taro
        us:s5             |
        us:s5 h:note      |
        us:s5 h:s6        | Hanako
        h:s5 us:s1        |
        h:s5 t:s2         |
        h:s5 t:s2 us:s5   |
        ci:s5             |
        h:s2              |
        """)
    void says_which_person_closed_it(String acts, String who) {
        WhoIsOnIt read = read(rule, acts);

        assertThat(read.closed() == null ? null : read.closed().by().name()).isEqualTo(who);
    }

    @Test
    void says_when_by_the_journal_and_to_whom() {
        WhoIsOnIt given = read(rule, "h:take h:give-t");

        assertThat(given.handOver().to()).isEqualTo(Who.TARO.named());
        assertThat(given.handOver().time()).isEqualTo(Journals.at(2));
        assertThat(read(rule, "h:note h:take").acknowledged().time()).isEqualTo(Journals.at(2));
    }

    @Test
    void is_read_as_it_was_written() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (String acts : List.of("h:take", "h:take h:give-t", "h:s5", "h:take h:empty")) {
            WhoIsOnIt read = read(rule, acts);

            assertThat(json.readValue(json.writeValueAsString(read), WhoIsOnIt.class))
                    .isEqualTo(read);
        }
    }

    @Test
    void an_act_of_a_person_who_uses_our_key_is_ours() {
        Journals acts = Journals.of("h:take");

        assertThat(rule.of(acts.issue(), Set.of(Who.HANAKO.number()), WhoIsOnIt.NOBODY))
                .isEqualTo(WhoIsOnIt.NOBODY);
    }

    @Test
    void the_order_in_which_redmine_shows_journals_does_not_matter() {
        Journals acts = Journals.of("h:take h:give-t t:note us:note");

        assertThat(rule.of(acts.reversed().issue(), Journals.US, WhoIsOnIt.NOBODY))
                .isEqualTo(rule.of(acts.issue(), Journals.US, WhoIsOnIt.NOBODY));
    }

    @Test
    void a_note_that_is_deleted_or_emptied_after_it_was_read_has_been_written() {
        Journals acts = Journals.of("us:give-h h:note t:subject");
        WhoIsOnIt read = rule.of(acts.issue(), Journals.US, WhoIsOnIt.NOBODY);

        assertThat(rule.of(acts.withoutJournal(2).issue(), Journals.US, read)).isEqualTo(read);
        assertThat(rule.of(acts.withoutNote(2).issue(), Journals.US, read)).isEqualTo(read);
        assertThat(rule.of(acts.withoutJournal(2).and("h:empty").issue(), Journals.US, read)
                        .hasSomebody())
                .isFalse();
    }

    @Test
    void redmine_without_users_in_its_journals_says_nothing() {
        Journals acts = Journals.of("nobody:s2");

        assertThat(rule.of(acts.issue(), Journals.US, WhoIsOnIt.NOBODY)).isEqualTo(WhoIsOnIt.NOBODY);
    }

    @Test
    void a_note_by_somebody_who_was_notified_before_is_an_answer() {
        Issue issue = Journals.of("h:note").issue();
        Journal note = issue.journals().get(0);
        Instant written = Instant.parse(note.createdOn());

        assertThat(answered(rule, issue, Map.of(note.user().name(), written.plusMillis(300)))
                        .how())
                .isEqualTo(How.ANSWER);
        assertThat(answered(rule, issue, Map.of(note.user().name(), written.plusSeconds(1))))
                .isNull();
        assertThat(answered(rule, issue, Map.of("Ops", written))).isNull();
        assertThat(answered(
                        new AcknowledgementRule(EnumSet.of(How.ASSIGNEE), Set.of()),
                        issue,
                        Map.of(note.user().name(), written)))
                .isNull();
    }

    private static Act answered(AcknowledgementRule rule, Issue issue, Map<String, Instant> notified) {
        return rule.of(issue, Journals.US, notified, WhoIsOnIt.NOBODY).acknowledged();
    }
}
