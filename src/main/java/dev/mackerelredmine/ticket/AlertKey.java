package dev.mackerelredmine.ticket;

import dev.mackerelredmine.mackerel.Alert;
import dev.mackerelredmine.mackerel.Notification;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which alert it is, through its whole life: the organization, and the alert's id. Bodies before 2020 have no id: then it is the end
 * of the alert's url, and where that is a placeholder a digest of what does not change while the alert lives.
 */
public record AlertKey(String org, String id) {

    private static final Pattern END_OF_URL = Pattern.compile("https?://.+/alerts/([A-Za-z0-9]+)/?");

    public static AlertKey of(Notification notification) {
        Alert alert = notification.alert();
        String id = Optional.ofNullable(alert.id())
                .filter(given -> !given.isBlank())
                .or(() -> endOf(alert.url()))
                .orElseGet(() -> digest(notification));
        return of(notification.orgName(), id);
    }

    /** By the organization's name and the alert's id, as Mackerel's API says them. */
    public static AlertKey of(String org, String id) {
        return new AlertKey(Keys.indexed(Keys.part(org)), Keys.indexed(Keys.part(id)));
    }

    /** The word in a ticket's description by which it is found again. It holds only characters that no text format touches. */
    public String marker() {
        return "mackerel-redmine:" + Keys.digest(org, id);
    }

    private static Optional<String> endOf(String url) {
        return Optional.ofNullable(url)
                .map(END_OF_URL::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private static String digest(Notification notification) {
        return Keys.digest(
                notification.orgName(),
                Keys.place(notification),
                notification.alert().monitorName(),
                Objects.toString(notification.alert().createdAt(), null));
    }

    @Override
    public String toString() {
        return org.isEmpty() ? id : org + "/" + id;
    }
}
