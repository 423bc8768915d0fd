package dev.mackerelredmine.writeback;

/** Our part of an alert's memo, between two lines of its own. What people wrote around it stays as it is, to the byte. */
final class MemoSection {

    private static final String BEGIN = "----- mackerel-redmine -----\n";
    private static final String END = "\n----------------------------";
    private static final String APART = "\n\n";

    private MemoSection() {}

    /** The memo with this text as our part, in place of the one that it has, or else at its end. */
    static String with(String memo, String text) {
        int begin = begin(memo);
        int end = begin < 0 ? -1 : memo.indexOf(END, begin + BEGIN.length() - 1);
        if (end < 0) {
            return memo + (memo.isEmpty() ? "" : APART) + BEGIN + text + END;
        }
        return memo.substring(0, begin) + BEGIN + text + memo.substring(end);
    }

    /** Where a line begins with it, or -1. */
    private static int begin(String memo) {
        if (memo.startsWith(BEGIN)) {
            return 0;
        }
        int afterALine = memo.indexOf("\n" + BEGIN);
        return afterALine < 0 ? -1 : afterALine + 1;
    }
}
