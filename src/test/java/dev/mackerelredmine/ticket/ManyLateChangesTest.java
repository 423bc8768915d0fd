package dev.mackerelredmine.ticket;

import static dev.mackerelredmine.mackerel.TestAlerts.OPENED;
import static dev.mackerelredmine.mackerel.TestAlerts.critical;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mackerelredmine.mackerel.Notification;
import java.lang.management.ManagementFactory;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An alert of which thousands of changes come in late, each of them earlier than the one before: what is done for one of them does not grow
 * with how many there are. Work is counted, by looks and by bytes that are allocated, since time is not the same twice.
 */
@Tag("fast")
final class ManyLateChangesTest {

    private static final Notification FIRES = critical().notification();

    private static List<Change> late(int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> new Change(
                        i,
                        OPENED,
                        critical().statusChangedAt(OPENED.minusSeconds(i)).notification()))
                .toList();
    }

    @Test
    void repetitions_are_found_by_one_look_at_each_change() {
        Counted changes = new Counted(late(1_000));

        assertThat(Change.repetitions(changes)).isEmpty();

        assertThat(changes.looks).isEqualTo(1_000);
    }

    @Test
    void each_is_read_at_the_same_cost_however_many_there_are() {
        List<Change> few = late(500);
        List<Change> many = late(8 * 500);
        allocated(few);

        assertThat(allocated(many)).isLessThan(10 * allocated(few));
    }

    private static long allocated(List<Change> changes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);

        Set<Long> repetitions = Change.repetitions(changes);
        Reported reported = new Reported(new Change(0, OPENED, FIRES), new Change(0, OPENED, FIRES), 0, OPENED, false);
        AlertHistory history = new AlertHistory(
                1,
                AlertKey.of(FIRES),
                reported,
                changes,
                repetitions,
                Histories.open(),
                Ticket.NONE,
                null,
                Membership.NONE);
        assertThat(history.tellsLate()).isTrue();
        assertThat(history.worthTelling().size()).isEqualTo(changes.size());
        assertThat(history.resends()).isZero();
        assertThat(Effect.of(history)).isNotEqualTo(Effect.NONE);

        return threads.getThreadAllocatedBytes(thread) - before;
    }

    /** Counts how often one of its elements is asked for. */
    private static final class Counted extends AbstractList<Change> implements RandomAccess {

        private final List<Change> changes;
        private int looks;

        Counted(List<Change> changes) {
            this.changes = changes;
        }

        @Override
        public Change get(int index) {
            looks++;
            return changes.get(index);
        }

        @Override
        public int size() {
            return changes.size();
        }
    }
}
