package dev.mackerelredmine;

/**
 * What the operator is told.
 *
 * @param kind {@code redmine-away}, {@code redmine-back}, {@code stuck} or {@code parked}
 * @param title one line
 * @param text what happened and what to do, in lines of plain text
 */
public record Notice(String kind, String title, String text) {

    @Override
    public String toString() {
        return title + ". " + text;
    }
}
