package dev.mackerelredmine.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.Issue.Journal;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever several people, we, and robots do to a ticket, in whatever order, and however often it is read. */
@Tag("fast")
class AcknowledgementPropertyTest {

    private final AcknowledgementRule rule =
            new AcknowledgementRule(EnumSet.of(How.ASSIGNEE, How.STATUS, How.NOTE), Set.of("13"));

    @Provide
    Arbitrary<List<String>> acts() {
        Arbitrary<String> who = Arbitraries.of("h", "t", "j", "us", "ci");
        Arbitrary<String> what = Arbitraries.of(
                "take",
                "empty",
                "give-h",
                "give-t",
                "give-ops",
                "give-us",
                "note",
                "subject",
                "s1",
                "s2",
                "s3",
                "s5",
                "take+note",
                "take+s2",
                "give-t+s2",
                "s1+note",
                "move");
        return Combinators.combine(who, what)
                .as((person, act) -> person + ":" + act)
                .list()
                .ofMaxSize(12);
    }

    /** However often it is read, and whatever is known from before. */
    @Property(tries = 2000)
    void is_the_same_whether_it_is_read_after_each_act_or_at_the_end(
            @ForAll("acts") List<String> acts, @ForAll long seed) {
        Random random = new Random(seed);
        Journals ticket = Journals.of("");
        WhoIsOnIt known = WhoIsOnIt.NOBODY;
        for (String act : acts) {
            ticket = ticket.and(act);
            if (random.nextBoolean()) {
                known = read(ticket, known);
            }
        }
        WhoIsOnIt atTheEnd = read(ticket, WhoIsOnIt.NOBODY);

        assertThat(read(ticket, known)).isEqualTo(atTheEnd);
        assertThat(read(ticket.reversed(), known)).isEqualTo(atTheEnd);
    }

    @Property(tries = 2000)
    void only_a_person_has_it_by_an_act_that_happened(@ForAll("acts") List<String> acts) {
        Journals ticket = Journals.of(String.join(" ", acts));
        WhoIsOnIt read = read(ticket, WhoIsOnIt.NOBODY);

        if (read.hasSomebody()) {
            Journal journal = ticket.journals().get((int) read.acknowledged().journal() - 1);
            assertThat(journal.user()).isEqualTo(read.acknowledged().by());
            assertThat(journal.user().name()).isIn("Hanako", "Taro", "Jiro");
            assertThat(read.acknowledged().time()).isEqualTo(Journals.at(journal.id()));
            assertThat(read.ended()).isNull();
        }
    }

    @Property(tries = 2000)
    void is_not_lost_with_the_note_by_which_it_was_known(@ForAll("acts") List<String> acts) {
        Journals ticket = Journals.of(String.join(" ", acts)).and("us:give-h h:note");
        WhoIsOnIt read = read(ticket, WhoIsOnIt.NOBODY);
        long note = acts.size() + 2L;

        assertThat(read.hasSomebody()).isTrue();
        assertThat(read(ticket.withoutJournal(note), read).acknowledged()).isEqualTo(read.acknowledged());
        // Whoever closed it, closed it.
        WhoIsOnIt emptied = read(ticket.withoutJournal(note).and("j:empty"), read);
        assertThat(emptied.acknowledged()).isEqualTo(emptied.closed());
    }

    private WhoIsOnIt read(Journals ticket, WhoIsOnIt known) {
        return rule.of(ticket.issue(), Journals.US, known);
    }
}
