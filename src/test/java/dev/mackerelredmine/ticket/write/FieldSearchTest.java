package dev.mackerelredmine.ticket.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mackerelredmine.redmine.IssueField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class FieldSearchTest {

    private static final List<String> FIELDS = List.of(IssueField.ASSIGNEE, "cf_11", "cf_12", IssueField.CATEGORY);

    private final List<String> tries = new ArrayList<>();

    /** Tries until a Redmine that says this of each try says nothing; what that try did without, or nothing where none is left. */
    private Optional<FieldSearch> search(FieldSearch first, Function<FieldSearch.Less, List<String>> redmine) {
        Optional<FieldSearch> next = Optional.of(first);
        while (next.isPresent()) {
            FieldSearch search = next.get();
            tries.add(search.leftOut() + (search.now().toMe() ? " to me" : ""));
            List<String> errors = redmine.apply(search.now());
            if (errors.isEmpty()) {
                return next;
            }
            next = search.afterRefusal(errors);
        }
        return next;
    }

    private static FieldSearch ofNewIssue() {
        return FieldSearch.of(FIELDS, Set.of(), false, true);
    }

    /** A Redmine that refuses these fields, with one error each. */
    private static Function<FieldSearch.Less, List<String>> refusing(String... fields) {
        return less -> List.of(fields).stream()
                .filter(field -> !less.fields().contains(field))
                .map(field -> field + " ist ungültig")
                .toList();
    }

    @Test
    void leaves_nothing_out_of_what_is_taken() {
        assertThat(search(ofNewIssue(), refusing()).orElseThrow().leftOut()).isEmpty();
        assertThat(tries).hasSize(1);
    }

    @Test
    void leaves_out_the_one_field_that_is_refused() {
        assertThat(search(ofNewIssue(), refusing("cf_12")).orElseThrow().leftOut())
                .containsExactly("cf_12");
        assertThat(tries).containsExactly("[]", "[assignee]", "[assignee] to me", "[cf_11]", "[cf_12]");
    }

    @Test
    void leaves_out_each_of_several_fields_that_are_refused_and_no_other() {
        assertThat(search(ofNewIssue(), refusing("cf_11", IssueField.CATEGORY, IssueField.ASSIGNEE))
                        .orElseThrow()
                        .leftOut())
                .containsExactly(IssueField.ASSIGNEE, "cf_11", IssueField.CATEGORY);
    }

    @Test
    void assigns_a_new_issue_to_the_keys_user_where_a_default_assignee_is_locked_and_keeps_its_fields() {
        FieldSearch found = search(ofNewIssue(), less -> less.toMe() ? List.of() : List.of("Assignee is invalid"))
                .orElseThrow();

        assertThat(found.now().toMe()).isTrue();
        assertThat(found.leftOut()).containsExactly(IssueField.ASSIGNEE);
        assertThat(tries).hasSize(3);
    }

    @Test
    void leaves_out_everything_where_only_two_fields_together_are_refused() {
        assertThat(search(
                                ofNewIssue(),
                                less -> less.fields().containsAll(List.of("cf_11", "cf_12"))
                                        ? List.of()
                                        : List.of("one of them is wrong"))
                        .orElseThrow()
                        .leftOut())
                .containsExactlyElementsOf(FIELDS);
    }

    @Test
    void ends_where_even_the_barest_is_refused() {
        assertThat(search(ofNewIssue(), less -> List.of("Cost center cannot be blank")))
                .isEmpty();
        assertThat(tries).hasSize(1 + FIELDS.size() + 1 + 2).doesNotHaveDuplicates();
    }

    @Test
    void begins_without_what_is_known_to_be_refused() {
        FieldSearch first = FieldSearch.of(FIELDS, Set.of("cf_12"), false, true);

        assertThat(search(first, refusing("cf_12")).orElseThrow().leftOut()).containsExactly("cf_12");
        assertThat(tries).containsExactly("[cf_12]");
    }

    @Test
    void goes_down_to_the_note_alone_where_an_issue_is_changed() {
        FieldSearch ofChange = FieldSearch.of(FIELDS, Set.of(), false, false);

        assertThat(search(ofChange, less -> List.of("closed"))).isEmpty();
        assertThat(tries).last().isEqualTo(FIELDS.toString());
        assertThat(tries).noneMatch(tried -> tried.endsWith("to me"));
    }

    @Test
    void sends_a_note_that_has_no_fields_once() {
        assertThat(FieldSearch.of(List.of(), Set.of(), false, false).afterRefusal(List.of("closed")))
                .isEmpty();
    }
}
