package dev.mackerelredmine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.figures.Verdict;
import dev.mackerelredmine.people.AcknowledgementRule;
import dev.mackerelredmine.people.WhoIsOnIt;
import dev.mackerelredmine.redmine.Issue;
import dev.mackerelredmine.redmine.Issue.Named;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.store.TicketPeople;
import dev.mackerelredmine.ticket.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who is on a ticket each time that Redmine shows the ticket, to a poll or to a delivery. If that fails, it is logged and the delivery
 * goes on; a later poll reads the ticket again.
 */
public final class PeopleReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(PeopleReader.class);

    private final Store store;
    private final AcknowledgementRule rule;
    private final Long verdictField;
    private final boolean isOn;
    private volatile Long me;

    /**
     * @param verdictField number of the custom field in which people say whether it was worth it; null: none
     * @param isOn false where nothing is remembered, or nothing is a person's
     */
    public PeopleReader(Store store, AcknowledgementRule rule, Long verdictField, boolean isOn) {
        this.store = store;
        this.rule = rule;
        this.verdictField = verdictField;
        this.isOn = isOn;
    }

    boolean isOn() {
        return isOn;
    }

    TicketPeople people() {
        return store.people();
    }

    boolean ignores(Named user) {
        return rule.ignores(user);
    }

    /** Whose key we have, by Redmine's number; empty until that was asked. */
    OptionalLong me() {
        Long known = me;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    /** Redmine's answer to {@code /users/current.json}. */
    void learnMe(byte[] answer) throws IOException {
        JsonNode id = JSON.readTree(answer).at("/user/id");
        if (!id.isIntegralNumber()) {
            throw new IOException("no user in the answer");
        }
        me = id.asLong();
    }

    /** Whether nothing can be concluded from a ticket before {@link #weAre} was called. */
    public boolean needsOurUserId() {
        return isOn && me == null;
    }

    /** @param user Redmine's number of the user whose key we have */
    public void weAre(long user) {
        me = user;
    }

    /** A delivery has made this ticket. */
    public void created(Issue issue, Policy policy) {
        if (isOn && issue != null) {
            quietly(issue, () -> people().madeNow(issue, policy.unansweredAfter()));
        }
    }

    /** A delivery has read this ticket; null: it was deleted. */
    public void seen(Issue issue, Policy policy) {
        if (isOn && issue != null) {
            quietly(issue, () -> {
                if (policy.unansweredAfter() != null) {
                    people().placed(issue, policy.unansweredAfter());
                }
                read(issue, null);
            });
        }
    }

    /** @param askedAt when Redmine was asked for it; null where that is not known */
    public void read(Issue issue, Instant askedAt) {
        Set<Long> us = new HashSet<>();
        us.add(me);
        // Before the key was changed, we were another user.
        Optional.ofNullable(issue.author()).map(Named::id).ifPresent(us::add);
        Map<String, Instant> notified = store.pages().notified(issue.id());
        long ofPerson = rule.newestOfPerson(issue, us);
        people().read(issue, askedAt, ofPerson, (WhoIsOnIt before) -> rule.of(issue, us, notified, before));
        Object value = verdictField == null ? null : issue.customField(verdictField);
        people().verdict(issue.id(), Verdict.of(value, rule.notesOfPersons(issue, us)));
    }

    private void quietly(Issue issue, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("Ticket #{}: who is on it could not be read, and is read again: {}", issue.id(), e.getMessage());
        }
    }
}
