package dev.mackerelredmine.redmine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged under a name while this is open: errors, unless more is asked for. */
public final class LoggedErrors extends AbstractAppender implements AutoCloseable {

    /** Of two with the same name Log4j takes the first only. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Logger logger;
    private final Level level;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LoggedErrors(Logger logger, Level level) {
        super(
                "errors of " + logger.getName() + " " + NUMBERS.incrementAndGet(),
                null,
                null,
                true,
                Property.EMPTY_ARRAY);
        this.logger = logger;
        this.level = level;
    }

    public static LoggedErrors of(String name) {
        return of(name, Level.ERROR);
    }

    /** What is logged at this level or above it. */
    public static LoggedErrors of(String name, Level level) {
        LoggedErrors errors = new LoggedErrors((Logger) LogManager.getLogger(name), level);
        errors.start();
        errors.logger.addAppender(errors);
        return errors;
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(level)) {
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
