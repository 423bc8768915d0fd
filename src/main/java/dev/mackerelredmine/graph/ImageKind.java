package dev.mackerelredmine.graph;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What an image is by its first bytes, whatever it was called on its way. */
enum ImageKind {
    PNG("png", "89504e470d0a1a0a"),
    JPEG("jpg", "ffd8ff"),
    GIF("gif", "47494638");

    private final String suffix;
    private final byte[] start;

    ImageKind(String suffix, String start) {
        this.suffix = suffix;
        this.start = HexFormat.of().parseHex(start);
    }

    static Optional<ImageKind> of(byte[] content) {
        return Arrays.stream(values()).filter(kind -> kind.begins(content)).findFirst();
    }

    /** Of a file's name. */
    String suffix() {
        return suffix;
    }

    private boolean begins(byte[] content) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }
}
