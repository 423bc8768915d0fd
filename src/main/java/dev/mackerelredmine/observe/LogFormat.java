package dev.mackerelredmine.observe;

/** In which form the log goes on: until the settings are read, and after the service has stopped, it is plain. */
public final class LogFormat {

    /** log4j2.properties goes by it, line by line. */
    private static final String PROPERTY = "mackerel-redmine.log.format";

    private final String format;

    public LogFormat(String format) {
        this.format = format;
    }

    public void begin() {
        System.setProperty(PROPERTY, format);
    }

    public void end() {
        System.clearProperty(PROPERTY);
    }
}
