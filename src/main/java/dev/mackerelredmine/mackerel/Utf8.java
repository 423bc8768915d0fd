package dev.mackerelredmine.mackerel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Text from bytes that have to be UTF-8, with or without a byte order mark. Refuses anything else, naming the byte. */
final class Utf8 {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Utf8() {}

    static String decode(byte[] bytes) {
        if (bytes == null) {
            return "";
        }
        refuseUtf16(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw new UnreadableNotificationException("not UTF-8: byte " + in.position() + " does not belong there");
        }
        String text = out.flip().toString();
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    /** JSON begins with two ASCII characters: a zero or half a mark among the first two bytes is another encoding. */
    private static void refuseUtf16(byte[] bytes) {
        for (int i = 0; i < Math.min(2, bytes.length); i++) {
            if (bytes[i] == 0 || bytes[i] == (byte) 0xFF) {
                throw new UnreadableNotificationException("not UTF-8: this looks like UTF-16 or UTF-32");
            }
        }
    }
}
