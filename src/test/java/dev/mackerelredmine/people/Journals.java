package dev.mackerelredmine.people;

import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Detail;
import dev.mackerelredmine.redmine.Issue.Journal;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.redmine.Issue.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A ticket of which is known what was done to it, one act a minute, written as {@link AcknowledgementRuleTest} says. */
public final class Journals {

    public static final Set<Long> US = Set.of(Who.US.number());
    public static final Instant CREATED = Instant.parse("2026-11-29T09:00:00Z");
    private static final Set<Long> CLOSED = Set.of(5L, 6L);

    enum Who {
        US(5, "Mackerel", "us"),
        HANAKO(10, "Hanako", "h"),
        TARO(11, "Taro", "t"),
        JIRO(12, "Jiro", "j"),
        CI(13, "CI Robot", "ci"),
        OPS(20, "Ops", "ops"),
        NOBODY(0, null, "nobody");

        private final long number;
        private final String name;
        private final String word;

        Who(long number, String name, String word) {
            this.number = number;
            this.name = name;
            this.word = word;
        }

        long number() {
            return number;
        }

        Named named() {
            return name == null ? null : new Named(number, name);
        }

        static Who of(String word) {
            return Stream.of(values())
                    .filter(who -> who.word.equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final List<Journal> journals = new ArrayList<>();
    private Long assignee;
    private long status = 1;
    private long last;

    private Journals() {}

    public static Journals of(String acts) {
        return new Journals().and(acts);
    }

    static Instant at(long minute) {
        return CREATED.plusSeconds(60 * minute);
    }

    private Journals copy() {
        Journals copy = new Journals();
        copy.journals.addAll(journals);
        copy.assignee = assignee;
        copy.status = status;
        copy.last = last;
        return copy;
    }

    public Journals and(String acts) {
        Journals longer = copy();
        Stream.of((acts == null ? "" : acts).split(" "))
                .filter(act -> !act.isBlank())
                .forEach(longer::act);
        return longer;
    }

    private void act(String act) {
        String[] parts = act.split(":");
        Who who = Who.of(parts[0]);
        List<Detail> details = new ArrayList<>();
        String note = "";
        for (String what : parts[1].split("\\+")) {
            if (what.equals("note")) {
                note = "looking at it";
            } else {
                details.add(detail(who, what));
            }
        }
        last++;
        journals.add(new Journal(last, note, details, who.named(), at(last).toString()));
    }

    private Detail detail(Who who, String what) {
        if (what.startsWith("s") && what.length() == 2) {
            Detail change = new Detail("attr", "status_id", "" + status, what.substring(1));
            status = change.after();
            return change;
        }
        if (what.equals("take") || what.equals("empty") || what.startsWith("give-")) {
            Long to = what.equals("take")
                    ? (Long) who.number()
                    : what.equals("empty")
                            ? null
                            : (Long) Who.of(what.substring(5)).number();
            Detail change = new Detail("attr", "assigned_to_id", text(assignee), text(to));
            assignee = to;
            return change;
        }
        return switch (what) {
            case "subject" -> new Detail("attr", "subject", "a", "b");
            case "private" -> new Detail("attr", "is_private", "0", "1");
            case "move" -> new Detail("attr", "project_id", "1", "2");
            case "parent" -> new Detail("attr", "parent_id", null, "7");
            case "priority" -> new Detail("attr", "priority_id", "2", "3");
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static String text(Long number) {
        return number == null ? null : number.toString();
    }

    Journals reversed() {
        Journals reversed = copy();
        Collections.reverse(reversed.journals);
        return reversed;
    }

    public Journals withoutJournal(long number) {
        Journals less = copy();
        less.journals.removeIf(journal -> journal.id() == number);
        return less;
    }

    /** As Redmine keeps a journal that changed fields, too. */
    Journals withoutNote(long number) {
        Journals less = copy();
        less.journals.replaceAll(journal -> journal.id() == number
                ? new Journal(journal.id(), "", journal.details(), journal.user(), journal.createdOn())
                : journal);
        return less;
    }

    /** The same with another number. */
    public Issue issue(long number) {
        Issue issue = issue();
        return new Issue(
                number,
                new Named(1, "Alerts"),
                null,
                issue.status(),
                null,
                issue.assignedTo(),
                null,
                null,
                issue.subject(),
                null,
                List.of(),
                issue.allowedStatuses(),
                issue.journals(),
                issue.author(),
                issue.updatedOn());
    }

    List<Journal> journals() {
        return journals;
    }

    public Issue issue() {
        Named has = assignee == null
                ? null
                : Stream.of(Who.values())
                        .filter(who -> who.number() == assignee)
                        .map(Who::named)
                        .findFirst()
                        .orElseThrow();
        return new Issue(
                42,
                null,
                null,
                new Status(status, "status " + status, CLOSED.contains(status)),
                null,
                has,
                null,
                null,
                "CPU %",
                null,
                List.of(),
                Stream.of(1L, 2L, 3L, 4L, 5L, 6L)
                        .map(each -> new Status(each, "status " + each, CLOSED.contains(each)))
                        .toList(),
                journals,
                Who.US.named(),
                at(last).toString());
    }
}
