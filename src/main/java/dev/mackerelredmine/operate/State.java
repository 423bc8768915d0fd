package dev.mackerelredmine.operate;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of the service in one word: the first of these that applies. */
public enum State {
    /** The running service could not be asked. */
    UNREACHABLE("unreachable"),
    /** No Redmine is set: nothing is delivered. */
    PREVIEW("preview"),
    /** Redmine is away, and nothing is delivered until it is back. */
    REDMINE_AWAY("redmine-away"),
    /** A person has paused deliveries. */
    PAUSED("paused"),
    /** Something has waited for longer than delivery.stuck-after. */
    STUCK("stuck"),
    /** Mackerel does not post all alerts to us. */
    CHANNEL_SUSPENDED("channel-suspended"),
    /** Redmine does not take some alerts, or some actions failed for good. */
    PARKED("parked"),
    OK("ok");

    private final String word;

    State(String word) {
        this.word = word;
    }

    @Override
    @JsonValue
    public String toString() {
        return word;
    }
}
