package dev.mackerelredmine.ticket.write;

import dev.mackerelredmine.redmine.IssueField;
import dev.mackerelredmine.redmine.NewIssue;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.write.RefusedFields.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One try at the creation of a ticket. After each refusal (422) there is another that asks for less.
 *
 * @param whole all that the ticket is to have
 * @param lacks what is known to be refused at the place before this try, in Redmine's words; may be empty
 */
public record TicketCreation(
        Place place, NewIssue whole, FieldSearch search, TextLevel level, List<String> lacks, Text text) {

    /** Writes a description with these remarks. */
    interface Text {
        String description(List<Remark> remarks, TextLevel level, boolean withGraph);
    }

    /** What Redmine is asked for in this try. */
    public NewIssue issue() {
        boolean withGraph = !search.now().fields().contains(IssueField.GRAPH);
        return whole.without(search.now().fields(), search.now().toMe())
                .withDescription(text.description(leftOut().remarks(List.of()), level, withGraph));
    }

    public boolean isReduced() {
        return !leftOut().isNothing();
    }

    LeftOut leftOut() {
        Map<String, Object> refused = new LinkedHashMap<>();
        search.leftOut().forEach(field -> refused.put(field, whole.optional().get(field)));
        return new LeftOut(refused, search.now().toMe(), level, search.errors().isEmpty() ? lacks : search.errors());
    }

    /** What was found to be refused, with its values. Where nothing was, all that is left out may be. */
    Map<String, Object> refused() {
        Map<String, Object> refused = leftOut().fields();
        if (search.now().toMe()) {
            refused.keySet().retainAll(search.known().fields());
        }
        return refused;
    }

    /** What is missing, why, and what to do: for the log. */
    public String summary() {
        return leftOut().toString();
    }

    /** What the alert's next change is to set. */
    public List<String> forLater() {
        return new ArrayList<>(
                search.leftOut().stream().filter(LeftOut::isForLater).toList());
    }

    Optional<TicketCreation> afterRefusal(List<String> errors) {
        return search.afterRefusal(errors).map(next -> new TicketCreation(place, whole, next, level, lacks, text));
    }
}
