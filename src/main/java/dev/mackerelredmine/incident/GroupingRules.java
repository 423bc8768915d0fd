package dev.mackerelredmine.incident;

import java.time.Duration;

/**
 * Which alerts become one incident.
 *
 * @param after how many different problems make one; 0: none is made
 * @param window within which they open, and within which another opens to become a member
 * @param maxAge the longest that may lie between the openings of two members
 * @param children how many problems of an incident have tickets of their own
 */
public record GroupingRules(int after, Duration window, Duration maxAge, int children) {

    public boolean isOn() {
        return after > 0;
    }
}
