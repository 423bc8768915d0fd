package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.ticket.Remark;
import dev.mackerelredmine.ticket.Remark.Kind;
import dev.mackerelredmine.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The characters in which a ticket is written: all, or, where Redmine failed at all of them, basic ones only. MySQL's utf8 (utf8mb3) holds
 * nothing beyond U+FFFF, such as emoji, and Redmine answers 500 then.
 */
public final class CharacterSupport {

    private static final Pattern BEYOND = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");
    private static final String IN_ITS_PLACE = "\uFFFD";

    private final boolean basic;

    private CharacterSupport(boolean basic) {
        this.basic = basic;
    }

    public static CharacterSupport of(Ticket ticket) {
        return new CharacterSupport(
                ticket.pendingWrite() != null && ticket.pendingWrite().hasFailed());
    }

    public String write(String text) {
        return basic ? BEYOND.matcher(text).replaceAll(IN_ITS_PLACE) : text;
    }

    /** The same for a text with remarks; where it is not written as it was, one more says so. */
    public String write(List<Remark> remarks, Function<List<Remark>, String> writer) {
        String text = writer.apply(remarks);
        if (text.equals(write(text))) {
            return text;
        }
        List<Remark> andThis = new ArrayList<>(remarks);
        andThis.add(Remark.of(Kind.BASIC_CHARACTERS));
        return write(writer.apply(andThis));
    }
}
