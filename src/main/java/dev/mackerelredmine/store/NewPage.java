package dev.mackerelredmine.store;

/**
 * A page that is to be sent.
 *
 * @param kind {@code page}, {@code over} or {@code hand-over}
 * @param isGroup whether the person is a group of Redmine
 */
public record NewPage(String kind, int round, int step, String person, String means, boolean isGroup) {

    public static final String OVER = "over";
}
