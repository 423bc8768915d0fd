package dev.mackerelredmine.paging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.escalation.EscalationPolicyJson;
import dev.mackerelredmine.escalation.NotReached;
import dev.mackerelredmine.escalation.Person;
import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.paging.message.PageText;
import dev.mackerelredmine.paging.message.RoundReport;
import dev.mackerelredmine.store.NewPage;
import dev.mackerelredmine.store.PageRow;
import dev.mackerelredmine.store.PendingPage;
import dev.mackerelredmine.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the pages that are to be sent, one after the other, and keeps what became of them. Who got too many gets no more for a while. In a
 * preview nobody is notified, and the log says who would be.
 */
public final class Paging {

    /** The period of the limits. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    static final String REDMINE = "redmine";

    private static final String PHONE = "phone";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader();
    private static final Logger LOG = LoggerFactory.getLogger(Paging.class);

    private final Store store;
    private final CurrentFile file;
    private final PageText text;
    private final Limits limits;
    private final Outcomes outcomes;

    /**
     * How much one person gets by one means within 15 minutes, and what Redmine's address is.
     *
     * @param redmine without a slash at its end
     */
    public record Limits(long calls, long messages, boolean isPreview, String redmine) {}

    /** Is given what became of each page: {@code accepted}, {@code failed}, {@code capped} or {@code dropped}. */
    @FunctionalInterface
    public interface Outcomes {
        void count(String means, String outcome);
    }

    public Paging(Store store, CurrentFile file, PageText text, Limits limits, Outcomes outcomes) {
        this.store = store;
        this.file = file;
        this.text = text;
        this.limits = limits;
        this.outcomes = outcomes;
    }

    /** The next page that is due, and that is to be sent now; null where there is none. */
    public OutgoingPage next() {
        while (true) {
            Optional<PendingPage> claimed = store.pages().claim();
            if (claimed.isEmpty()) {
                return null;
            }
            OutgoingPage outgoing = outgoing(claimed.get());
            if (outgoing != null && limits.isPreview()) {
                preview(outgoing);
            } else if (outgoing != null) {
                return outgoing;
            }
        }
    }

    private OutgoingPage outgoing(PendingPage pending) {
        Person person = file.now().people().get(pending.person());
        String contact = person == null ? null : person.contacts().get(pending.means());
        boolean isInRedmine = pending.means().equals(REDMINE);
        if (contact == null && !isInRedmine) {
            return drop(pending);
        }
        if (!isInRedmine && hasTooMany(pending)) {
            return hold(pending);
        }
        return new OutgoingPage(pending, page(pending, contact));
    }

    private OutgoingPage drop(PendingPage pending) {
        String why = pending.person() + " has no contact for " + pending.means() + " any more";
        store.pages().dropped(pending, why);
        outcomes.count(pending.means(), "dropped");
        LOG.warn("Ticket #{}: {} was not notified: {}", pending.issue(), pending.person(), why);
        return null;
    }

    private boolean hasTooMany(PendingPage pending) {
        return store.pages().acceptedWithin(pending, WINDOW) >= most(pending);
    }

    private long most(PendingPage pending) {
        return pending.means().equals(PHONE) ? limits.calls() : limits.messages();
    }

    private OutgoingPage hold(PendingPage pending) {
        store.pages().hold(pending, most(pending), WINDOW);
        if (!pending.isHeld()) {
            outcomes.count(pending.means(), "capped");
            LOG.warn(
                    "Ticket #{}: {} is notified by {} later, because escalation.max-{} is reached within 15 minutes",
                    pending.issue(),
                    pending.person(),
                    pending.means(),
                    pending.means().equals(PHONE) ? "calls" : "messages");
        }
        return null;
    }

    private Page page(PendingPage pending, String contact) {
        Page.Ticket ticket = ticket(pending);
        int step = pending.round() == 0 ? 0 : pending.step() + 1;
        long held = pending.means().equals(REDMINE) ? 0 : store.pages().held(pending);
        return new Page(
                pending.issue() + "-" + pending.id(),
                pending.kind(),
                pending.person(),
                pending.means(),
                contact,
                text(pending, ticket, step, held),
                ticket,
                pending.round(),
                step);
    }

    private String text(PendingPage pending, Page.Ticket ticket, int step, long held) {
        if (pending.kind().equals("page") && pending.means().equals(REDMINE)) {
            return text.inTicket(pending.person(), step);
        }
        return switch (pending.kind()) {
            case NewPage.ROUND -> text.of(report(pending));
            case NewPage.AGAIN -> text.of(pending.kind(), ticket, step, held, silence(pending));
            default -> text.of(pending.kind(), ticket, step, held);
        };
    }

    /** The file may have been changed since. */
    private static Duration silence(PendingPage pending) {
        return Optional.ofNullable(EscalationPolicyJson.read(pending.policy()).againAfter())
                .orElse(Duration.ZERO);
    }

    private RoundReport report(PendingPage pending) {
        int round = pending.round();
        List<PageRow> pages = store.pages().of(pending.escalationId()).stream()
                .filter(page -> page.kind().equals("page") && page.round() == round)
                .toList();
        List<RoundReport.Step> steps = store.escalations().steps(pending.escalationId()).stream()
                .filter(step -> step.round() == round)
                .map(step -> new RoundReport.Step(step.step() + 1, sent(pages, step.step()), why(step.why())))
                .toList();
        return new RoundReport(
                round,
                steps,
                round <= EscalationPolicyJson.read(pending.policy()).repeat());
    }

    /** Why a step was skipped, of all that was kept of it. */
    private static List<RoundReport.Why> why(String kept) {
        return kept.lines()
                .flatMap(line -> NotReached.read(line).stream())
                .map(why -> new RoundReport.Why(why.reason().code(), why.name(), why.means()))
                .toList();
    }

    private static List<RoundReport.Sent> sent(List<PageRow> pages, int step) {
        return pages.stream()
                .filter(page -> page.step() == step)
                .map(page -> new RoundReport.Sent(page.person(), page.means(), page.state()))
                .toList();
    }

    private Page.Ticket ticket(PendingPage pending) {
        Notification headline = pending.headline() == null ? null : READER.readKept(pending.headline());
        Alert alert = headline == null ? null : headline.alert();
        return new Page.Ticket(
                pending.issue(),
                limits.redmine() + "/issues/" + pending.issue(),
                subject(pending),
                alert == null ? "unknown" : alert.status().toString(),
                alert == null ? null : alert.openedAt());
    }

    private static String subject(PendingPage pending) {
        try {
            return pending.state() == null
                    ? ""
                    : JSON.readTree(pending.state()).at("/names/subject").asText("");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the store holds what it did not write: " + e.getOriginalMessage(), e);
        }
    }

    private void preview(OutgoingPage outgoing) {
        Page page = outgoing.page();
        if (page.kind().equals(NewPage.ROUND)) {
            LOG.info("would write into ticket #{}: {}", outgoing.pending().issue(), page.text());
        } else {
            LOG.info("would notify {} by {}: {}", page.person(), page.means(), page.text());
        }
        store.pages().accepted(outgoing.pending());
        outcomes.count(outgoing.page().means(), "accepted");
    }

    /** The means took it. */
    public void accepted(OutgoingPage outgoing) {
        store.pages().accepted(outgoing.pending());
        outcomes.count(outgoing.page().means(), "accepted");
        LOG.info("Notified: {}", outgoing);
    }

    /** The means did not take it. What nobody may read is neither kept nor logged. */
    public void failed(OutgoingPage outgoing, Throwable failure) {
        String why = SafeReason.of(failure, outgoing.page());
        Instant again = store.pages().failed(outgoing.pending(), why);
        outcomes.count(outgoing.page().means(), "failed");
        if (again == null) {
            LOG.error("Not notified, after the last try: {}: {}", outgoing, why);
        } else {
            LOG.warn("Not notified, next try at {}: {}: {}", again, outgoing, why);
        }
    }
}
