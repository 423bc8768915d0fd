package dev.mackerelredmine.store;

import java.util.stream.Collectors;

/**
 * A problem that was claimed for delivery.
 *
 * @param received how many of its events had come in when it was claimed; later ones are left to the next delivery
 * @param delivered how many of those are delivered already
 * @param lease under which it was claimed; whoever holds another has lost it
 */
public record Problem(long id, String problemKey, long received, long delivered, int tries, String lease) {

    /** Its key in one line, for people: organization, monitor, metric, host or service, without what is absent. */
    @Override
    public String toString() {
        return inOneLine(problemKey);
    }

    static String inOneLine(String problemKey) {
        return problemKey.lines().filter(part -> !part.isBlank()).collect(Collectors.joining(" / "));
    }
}
