package dev.mackerelredmine.store;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Text as every database takes it: PostgreSQL refuses U+0000, and what came in with it is not to be lost for that. */
final class StoredText extends AbstractArgumentFactory<String> {

    private static final char REPLACEMENT_CHARACTER = '\uFFFD';

    private static final int LONGEST_REASON = 500;

    StoredText() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String text, ConfigRegistry config) {
        String stored = text.replace('\0', REPLACEMENT_CHARACTER);
        return (position, statement, context) -> statement.setString(position, stored);
    }

    /** A reason, for whoever asks later: what others say of a failure may be long. */
    static String reason(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_REASON
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_REASON)) + "…";
    }
}
