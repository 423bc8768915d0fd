package dev.mackerelredmine.escalation;

/**
 * A text of the file.
 *
 * @param written as it stands in the file, and as messages show it: what a placeholder stands for may be a secret
 * @param value with its placeholders replaced
 */
record YamlText(int line, String written, String value) {

    /** As a message shows it. */
    @Override
    public String toString() {
        return "\"" + written + "\"";
    }

    /** Whether there is a reason why, and it may be shown. */
    boolean mayBeShown() {
        return written.equals(value);
    }
}
