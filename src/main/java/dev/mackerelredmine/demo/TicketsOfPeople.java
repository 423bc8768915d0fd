package dev.mackerelredmine.demo;

import dev.mackerelredmine.demo.Happening.Act;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.redmine.Issue.Journal;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.redmine.Issue.Status;
import dev.mackerelredmine.watch.PeopleReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tickets as a Redmine would show them in which people work: with their journals, which are read as the service reads Redmine's. */
final class TicketsOfPeople {

    static final Named US = new Named(1, "mackerel");
    private static final Status NEW = new Status(1, "New", false);
    private static final Status IN_PROGRESS = new Status(2, "In Progress", false);
    private static final Status CLOSED = new Status(5, "Closed", true);

    private final PeopleReader reader;
    private final Map<Long, Shown> tickets = new HashMap<>();
    private long journals;

    TicketsOfPeople(PeopleReader reader) {
        this.reader = reader;
        reader.weAre(US.id());
    }

    /** As it stands by now. */
    private static final class Shown {
        private final List<Journal> journals = new ArrayList<>();
        private Status status = NEW;
        private Named assignee;
        private String alert;
    }

    void act(long issue, Act act) {
        Shown ticket = tickets.computeIfAbsent(issue, number -> new Shown());
        if (ticket.alert != null && !ticket.alert.equals(act.alert())) {
            reopen(ticket, act.at().minusSeconds(1));
        }
        ticket.alert = act.alert();
        List<Detail> details = new ArrayList<>();
        switch (act.kind()) {
            case TAKE -> {
                assign(ticket, act.by(), details);
                change(ticket, IN_PROGRESS, details);
            }
            case HAND_OVER -> assign(ticket, act.to(), details);
            case CLOSE -> change(ticket, CLOSED, details);
            case NOTE -> {}
        }
        write(ticket, act.by(), act.note(), details, act.at());
        reader.read(shown(issue, ticket, act.at()), act.at());
    }

    /** The fault came back, and the service has opened it again. */
    private void reopen(Shown ticket, Instant at) {
        List<Detail> details = new ArrayList<>();
        change(ticket, NEW, details);
        write(ticket, US, "", details, at);
    }

    private static void assign(Shown ticket, Named to, List<Detail> details) {
        String before = ticket.assignee == null ? null : Long.toString(ticket.assignee.id());
        details.add(new Detail("attr", "assigned_to_id", before, Long.toString(to.id())));
        ticket.assignee = to;
    }

    private static void change(Shown ticket, Status to, List<Detail> details) {
        if (!to.equals(ticket.status)) {
            details.add(new Detail("attr", "status_id", Long.toString(ticket.status.id()), Long.toString(to.id())));
            ticket.status = to;
        }
    }

    private void write(Shown ticket, Named by, String note, List<Detail> details, Instant at) {
        journals++;
        ticket.journals.add(new Journal(journals, note, details, by, seconds(at)));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Issue shown(long issue, Shown ticket, Instant at) {
        return new Issue(
                issue,
                null,
                null,
                ticket.status,
                null,
                ticket.assignee,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(NEW, IN_PROGRESS, CLOSED),
                ticket.journals,
                US,
                seconds(at));
    }
}
