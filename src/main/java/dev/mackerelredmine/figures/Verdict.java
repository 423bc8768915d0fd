package dev.mackerelredmine.figures;

import java.util.regex.Pattern;

/** What people say of a ticket: whether its alert was worth it. */
public final class Verdict {

    public static final String NOISE = "noise";

    /** Not in a longer word: #noisebox is another tag. */
    private static final Pattern IN_A_NOTE = Pattern.compile("(?<![\\w#])#noise(?!\\w)|対応不要");

    private Verdict() {}

    /** Whether a note says that nothing had to be done. */
    public static boolean saysNoise(String note) {
        return note != null && IN_A_NOTE.matcher(note).find();
    }
}
