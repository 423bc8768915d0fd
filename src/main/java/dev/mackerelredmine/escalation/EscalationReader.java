package dev.mackerelredmine.escalation;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads escalation.yaml, and says all that is wrong in it, with line numbers, at once. */
public final class EscalationReader {

    /**
     * @param placeholders replaces {@code {{env:NAME}}} and other placeholders in a text, as Camel does; it throws
     *     {@link IllegalArgumentException} where one cannot be resolved
     * @param means all that notify.camel.yaml knows
     */
    public EscalationReader(UnaryOperator<String> placeholders, Set<String> means) {}

    /** @throws EscalationFileException that names every mistake with its line */
    public EscalationFile read(Path file) {
        throw new UnsupportedOperationException();
    }
}
