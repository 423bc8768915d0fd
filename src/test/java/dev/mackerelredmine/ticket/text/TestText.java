package dev.mackerelredmine.ticket.text;

import dev.mackerelredmine.text.TextFormat;
import dev.mackerelredmine.text.Texts;
import java.nio.file.Path;
import java.time.ZoneId;

/** The texts inside the jar, with times as in Tokyo. */
public final class TestText {

    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Path NO_FOLDER = Path.of("target/no-texts");

    private TestText() {}

    public static TicketText of(TextFormat format) {
        return of(format, Language.EN);
    }

    static TicketText of(TextFormat format, Language language) {
        return of(format, language, NO_FOLDER);
    }

    static TicketText of(TextFormat format, Language language, Path folder) {
        Texts texts = new Texts(folder, language.toString(), format.templates(), format::escape);
        return new TicketText(texts, format, TOKYO);
    }
}
