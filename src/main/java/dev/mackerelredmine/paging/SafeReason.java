package dev.mackerelredmine.paging;

import dev.mackerelredmine.paging.message.Page;
import java.util.regex.Pattern;

/** Why a page was not taken, without what nobody may read: an address of a chat is a key, and a contact may be one. */
final class SafeReason {

    private static final int LONGEST = 500;
    private static final Pattern ADDRESS =
            Pattern.compile("(https?:/*)([^/\\s\"'<>]*@)?([^/?#\\s\"'<>@]+)([/?#][^\\s\"'<>]*)?");

    private SafeReason() {}

    static String of(Throwable failure, Page page) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String known = page.contact() == null || page.contact().isBlank()
                ? message
                : message.replace(page.contact(), "(the contact of " + page.person() + ")");
        String safe = ADDRESS.matcher(known)
                .replaceAll("$1$3/…")
                .replaceAll("\\s+", " ")
                .strip();
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
    }
}
