package dev.mackerelredmine.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The text of a file of settings, in UTF-8. What is wrong with it is said by name and line, and never by what stands there. */
public final class SettingsText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SettingsText() {}

    /** Nothing where there is no such file. @throws SettingsException where it is no such text */
    public static String of(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw refused(file + " cannot be read by this user: use sudo");
        }
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(bytes, text, true).isError()) {
            throw refused(file + ", line " + line(bytes) + ": this is not UTF-8. Save the file as UTF-8");
        }
        String read = text.flip().toString();
        if (read.startsWith(BYTE_ORDER_MARK)) {
            throw refused(file + " begins with a byte order mark. Save it as UTF-8 without one");
        }
        return read;
    }

    /** No settings where there is no such file. @throws SettingsException where it cannot be read as settings */
    public static Properties properties(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(of(file)));
        } catch (IllegalArgumentException e) {
            throw refused(file + ": \\u is not followed by four hexadecimal digits. Write a backslash as \\\\");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    private static int line(ByteBuffer bytes) {
        int line = 1;
        for (int i = 0; i < bytes.position(); i++) {
            line += bytes.get(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private static SettingsException refused(String problem) {
        return new SettingsException(List.of(problem));
    }
}
