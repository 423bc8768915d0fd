package dev.mackerelredmine.lambda;

import dev.mackerelredmine.redmine.check.Finding;
import java.util.List;

/** What a function does with what its events bring. */
public interface Function {

    /** Keeps what came in, plain or in an envelope, and delivers it. */
    Answer take(byte[] body, String channel, Deadline deadline);

    /** Delivers what is due, of this event and of earlier ones. */
    void deliver(Deadline deadline);

    /** Looks for alerts at Mackerel whose webhooks were lost, where that is set. */
    void reconcile(Deadline deadline);

    /** What {@code check} finds, after which life tickets have here. */
    List<Finding> check();

    /** Whether a request with these headers shows a key, or needs none. */
    boolean mayPost(List<String> apiKeys, List<String> authorizations);

    Answer noKey();

    Answer noPost();

    /** What became of an event: a status of HTTP, and a body. */
    record Answer(int status, String contentType, String body) {

        private static final int TAKEN = 202;

        public static Answer taken(String receipt) {
            return new Answer(TAKEN, "application/json", receipt);
        }

        public boolean isTaken() {
            return status == TAKEN;
        }
    }

    /** When to begin nothing more. */
    interface Deadline {
        boolean isNear();
    }
}
