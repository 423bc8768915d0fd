package dev.mackerelredmine.escalation;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a step does not notify somebody. It is kept as a line of three words with tabs between them, so that it can be said in the language of
 * tickets later.
 *
 * @param name of the rota or the person
 * @param means which the person has no contact for; empty where it is no matter of means
 */
public record NotReached(Reason reason, String name, String means) {

    /** With the code by which it is kept, and under which the texts have it. */
    public enum Reason {
        NOBODY_ON_CALL("nobody-on-call"),
        ROTA_GONE("rota-gone"),
        NO_CONTACT("no-contact");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public String kept() {
        return reason.code + "\t" + inOneWord(name) + "\t" + inOneWord(means);
    }

    private static String inOneWord(String text) {
        return text.replaceAll("[\\t\\r\\n]", " ");
    }

    /** Empty where the line says something else. */
    public static Optional<NotReached> read(String line) {
        String[] words = line.split("\t", -1);
        return Stream.of(Reason.values())
                .filter(reason -> words.length == 3 && reason.code.equals(words[0]))
                .findFirst()
                .map(reason -> new NotReached(reason, words[1], words[2]));
    }

    /** What was kept of a step, for the log and for the commands. */
    public static String inEnglish(String kept) {
        return kept.lines()
                .map(line -> read(line).map(NotReached::toString).orElse(line))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return switch (reason) {
            case NOBODY_ON_CALL -> "nobody is on call in the rota " + name;
            case ROTA_GONE -> "the escalation file has no rota " + name + " any more";
            case NO_CONTACT -> name + " has no contact for " + means;
        };
    }
}
