package dev.mackerelredmine.escalation;

import java.util.List;

/** An escalation.yaml that cannot be used. Each mistake is one line: {@code escalation.yaml:12: ...}. */
public final class EscalationFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    public EscalationFileException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
