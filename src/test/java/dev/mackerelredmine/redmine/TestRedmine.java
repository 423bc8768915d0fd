package dev.mackerelredmine.redmine;

/** A Redmine for tests, a real one or FakeRedmine: what the contracts need to know of it. */
public interface TestRedmine {

    /** Without a slash at the end. */
    String url();

    RedmineVersion version();

    /** An id or a key under its name in e2e/redmine's ids file: `tracker_alert`, `field_alert_id`, `key_locked`. */
    String id(String name);

    /** To set it up otherwise, until it is put back. */
    RedmineSetUp setUp();

    /** Puts back what was set up otherwise; issues stay as they are. */
    void putBack();
}
