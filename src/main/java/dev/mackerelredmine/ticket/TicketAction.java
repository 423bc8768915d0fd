package dev.mackerelredmine.ticket;

/** What is to be done in Redmine for one alert; deliver.camel.yaml maps each word to a route. */
public enum TicketAction {
    CREATE("create"),
    /** A creation was begun, and nobody knows what became of it. */
    LOOK_UP("look-up"),
    NOTHING("nothing");

    private final String word;

    TicketAction(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
