package dev.mackerelredmine.redmine;

import java.util.Arrays;

/** A version of Redmine as 6.0.5: since when it does what it does. */
public record RedmineVersion(String text) implements Comparable<RedmineVersion> {

    /** Whether it is this one or a newer one: of 6.1, 6.1.4 or 7.0. */
    public boolean isSince(String other) {
        return compareTo(new RedmineVersion(other)) >= 0;
    }

    @Override
    public int compareTo(RedmineVersion other) {
        return Arrays.compare(numbers(), other.numbers());
    }

    private int[] numbers() {
        return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
