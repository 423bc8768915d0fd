package dev.mackerelredmine.ticket;

/** How much a ticket's text tells. Something in front of Redmine may refuse a long text (413), or one that looks like an attack (403). */
public enum TextLevel {
    FULL,
    /** Without the notification as it came; of what happened the last changes, and of a long message the beginning. */
    WITHOUT_NOTIFICATION,
    /** Also without memos, and without messages. */
    BARE;

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int LAST_CHANGES = 20;

    /** After so many refusals of the same text. */
    static TextLevel after(int refusals) {
        return values()[Math.min(refusals, values().length - 1)];
    }

    public TextLevel max(TextLevel other) {
        return compareTo(other) < 0 ? other : this;
    }

    public int mostChanges() {
        return this == FULL ? Integer.MAX_VALUE : LAST_CHANGES;
    }

    /** So much of a message; null where there is none. */
    public String of(String message) {
        boolean isShort = message == null || message.length() <= LONGEST_MESSAGE;
        return switch (this) {
            case FULL -> message;
            case WITHOUT_NOTIFICATION -> isShort ? message : cut(message) + "…";
            case BARE -> null;
        };
    }

    /** Never within a pair of surrogates. */
    private static String cut(String message) {
        int end =
                Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1)) ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE;
        return message.substring(0, end);
    }
}
