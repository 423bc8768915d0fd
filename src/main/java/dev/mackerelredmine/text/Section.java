package dev.mackerelredmine.text;

/**
 * The part of a page, or of a ticket's description, that is ours. It stands between two lines, whose first character nobody begins a line
 * with by chance; what people wrote around them stays as it is.
 */
public record Section(String begin, String end) {

    private static final String BEGINS = "▼ ";
    private static final String ENDS = "▲ ";
    private static final String OURS = "mackerel-redmine";

    /** The page with this as our section, in place of the one that it has, else at its end. */
    public String into(String page, String text) {
        String section = begin + "\n\n" + text.strip() + "\n\n" + end;
        int from = line(page, BEGINS, 0);
        int last = from < 0 ? -1 : line(page, ENDS, from);
        if (last < 0) {
            return page.isBlank() ? section + "\n" : page.stripTrailing() + "\n\n" + section + "\n";
        }
        int to = page.indexOf('\n', last);
        return page.substring(0, from) + section + (to < 0 ? "" : page.substring(keepsReturn(page, to)));
    }

    private static int keepsReturn(String page, int lineBreak) {
        return lineBreak > 0 && page.charAt(lineBreak - 1) == '\r' ? lineBreak - 1 : lineBreak;
    }

    /** Where a line begins that begins so and names us, in whatever language it was written; -1: nowhere. */
    private static int line(String page, String beginning, int after) {
        int at = after;
        while (at >= 0 && at < page.length()) {
            int end = page.indexOf('\n', at);
            String line = page.substring(at, end < 0 ? page.length() : end);
            if (line.startsWith(beginning) && line.contains(OURS)) {
                return at;
            }
            at = end < 0 ? -1 : end + 1;
        }
        return -1;
    }
}
