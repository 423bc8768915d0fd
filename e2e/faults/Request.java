package faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it came over the wire: its head, but for what concerns the connection, and its body. What ends before it is whole throws.
 */
record Request(String method, String path, String head, byte[] body) {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r?$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: *chunked\r?$");
    private static final String HOP_BY_HOP = "(?im)^(connection|keep-alive|upgrade|http2-settings|expect): [^\n]*\n";

    static Request read(InputStream in) throws IOException {
        String head = head(in);
        String[] first = head.split(" ", 3);
        Matcher length = LENGTH.matcher(head);
        byte[] body = CHUNKED.matcher(head).find()
                ? chunks(in)
                : exactly(in, length.find() ? Integer.parseInt(length.group(1)) : 0);
        return new Request(first[0], first[1], head, body);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(next(in));
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            raw.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            int size = Integer.parseInt(line.split(";")[0].strip(), 16);
            raw.writeBytes(exactly(in, size));
            raw.writeBytes(line(in).getBytes(StandardCharsets.ISO_8859_1));
            if (size == 0) {
                return raw.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
            line.append((char) next(in));
        }
        return line.toString();
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the request ended in its midst");
        }
        return bytes;
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the request ended in its midst");
        }
        return next;
    }

    /** The same for a connection that carries nothing else. */
    byte[] forOneConnection() {
        String lines = head.replaceAll(HOP_BY_HOP, "");
        byte[] changed = (lines.substring(0, lines.length() - 2) + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(changed);
        all.writeBytes(body);
        return all.toByteArray();
    }

    boolean writes() {
        return !method.equals("GET");
    }

    String text() {
        return path + " " + new String(body, StandardCharsets.UTF_8);
    }
}
