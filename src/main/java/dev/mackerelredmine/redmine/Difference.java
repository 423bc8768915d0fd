package dev.mackerelredmine.redmine;

/** A field in which the created ticket differs from the request: its name, what was asked, what Redmine shows, and what to do. */
record Difference(String name, Object asked, Object shown, String advice) {

    @Override
    public String toString() {
        return name + " (asked for " + asked + ", Redmine shows " + (shown == null ? "none" : shown) + ": " + advice
                + ")";
    }
}
