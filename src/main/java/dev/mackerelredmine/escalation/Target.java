package dev.mackerelredmine.escalation;

/** Who a step notifies: a person or a group by the name that Redmine shows, or whoever is on call in a rota. */
public record Target(Kind kind, String name) {

    public enum Kind {
        PERSON,
        ROTA,
        /** A group of Redmine. It is reached as one, by contacts of its own in {@code people}. */
        GROUP
    }
}
