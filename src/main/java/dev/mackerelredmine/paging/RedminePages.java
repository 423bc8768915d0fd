package dev.mackerelredmine.paging;

import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.IssueUpdate;
import dev.mackerelredmine.redmine.RedmineName;
import dev.mackerelredmine.redmine.RedmineNames;
import dev.mackerelredmine.store.NewPage;
import dev.mackerelredmine.ticket.Keys;
import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.TextLevel;
import dev.mackerelredmine.ticket.text.Note;
import dev.mackerelredmine.ticket.text.TicketText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Notifies by {@code redmine}: the ticket is assigned to whoever is notified, with a note, once however often it is tried. Whom Redmine does not
 * know, or does not take as an assignee, gets the note alone, and the note says so. What is said of a whole round is a note and assigns nobody.
 */
public final class RedminePages {

    private static final int REFERENCE_LENGTH = 12;
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_\\-@.]+");

    private final TicketText text;
    private final RedmineNames names;

    public RedminePages(TicketText text, RedmineNames names) {
        this.text = text;
        this.names = names;
    }

    /** The list of names that has to be fetched next, before {@link #change} knows the person's number; null when it can. */
    public String nextListOfNames(Issue seen, Page page) {
        return isOver(seen, page) || isOfRound(page)
                ? null
                : names.toFetch(assignee(seen, page)).orElse(null);
    }

    /** What is asked of Redmine; null where nothing is: the ticket was deleted, shows the page already, or says by itself what is over. */
    public IssueUpdate change(Issue seen, Page page) {
        if (isOver(seen, page)) {
            return null;
        }
        if (isOfRound(page)) {
            return update(seen, page, null, List.of());
        }
        RedmineName name = assignee(seen, page);
        return names.lacks(name) ? withoutAssignee(seen, page) : update(seen, page, names.number(name), List.of());
    }

    /** The same where Redmine does not take that person as an assignee. */
    public IssueUpdate withoutAssignee(Issue seen, Page page) {
        return update(seen, page, null, List.of(Remark.of(Kind.NOT_ASSIGNED, page.person())));
    }

    private static boolean isOver(Issue seen, Page page) {
        return seen == null || !(page.kind().equals("page") || isOfRound(page)) || seen.hasNote(reference(page));
    }

    private static boolean isOfRound(Page page) {
        return page.kind().equals(NewPage.ROUND);
    }

    private static RedmineName assignee(Issue seen, Page page) {
        return RedmineName.assignee(Long.toString(seen.project().id()), page.person());
    }

    private static String reference(Page page) {
        return "mackerel-redmine:page-" + Keys.digest(page.id()).substring(0, REFERENCE_LENGTH);
    }

    private IssueUpdate update(Issue seen, Page page, Long assignee, List<Remark> more) {
        List<Remark> remarks = new ArrayList<>();
        page.text().lines().forEach(line -> remarks.add(Remark.of(Kind.ADDED, line)));
        remarks.addAll(more);
        String note = text.note(new Note(List.of(), remarks, TextLevel.FULL, null, reference(page)));
        return new IssueUpdate(
                seen.id(), mention(page) + note, null, null, assignee, null, null, null, List.of(), List.of());
    }

    /** As Redmine finds it: it is not escaped, so it has to be what a login is. */
    private static String mention(Page page) {
        return page.contact() != null && LOGIN.matcher(page.contact()).matches() ? "@" + page.contact() + "\n\n" : "";
    }
}
