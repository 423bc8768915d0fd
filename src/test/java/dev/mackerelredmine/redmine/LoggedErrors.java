package dev.mackerelredmine.redmine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The errors that are logged under a name while this is open. */
public final class LoggedErrors extends AbstractAppender implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LoggedErrors(Logger logger) {
        super("errors of " + logger.getName(), null, null, true, Property.EMPTY_ARRAY);
        this.logger = logger;
    }

    public static LoggedErrors of(String name) {
        LoggedErrors errors = new LoggedErrors((Logger) LogManager.getLogger(name));
        errors.start();
        errors.logger.addAppender(errors);
        return errors;
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel() == Level.ERROR) {
            messages.add(event.getMessage().getFormattedMessage());
        }
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
