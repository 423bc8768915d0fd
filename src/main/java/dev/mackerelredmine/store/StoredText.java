package dev.mackerelredmine.store;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Text as every database takes it: PostgreSQL refuses U+0000, and what came in with it is not to be lost for that. */
final class StoredText extends AbstractArgumentFactory<String> {

    private static final char REPLACEMENT_CHARACTER = '\uFFFD';

    StoredText() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String text, ConfigRegistry config) {
        String stored = text.replace('\0', REPLACEMENT_CHARACTER);
        return (position, statement, context) -> statement.setString(position, stored);
    }
}
