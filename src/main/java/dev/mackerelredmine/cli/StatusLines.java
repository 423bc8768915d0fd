package dev.mackerelredmine.cli;

import dev.mackerelredmine.explain.Lines;
import dev.mackerelredmine.operate.Status;
import java.time.Duration;

/** How the service is, in lines. */
final class StatusLines {

    private static final String UNKNOWN = "not known";

    private final Lines text;

    StatusLines(Lines text) {
        this.text = text;
    }

    String text(Status status) {
        text.title("State: " + status.state());
        text.line("service", status.unreachable());
        text.line("paused", paused(status));
        text.line("last post", status.lastPost() == null ? "none" : text.time(status.lastPost()));
        text.line("waiting", waiting(status.waiting()));
        text.line("parked", parked(status.parked()));
        status.parked().reasons().forEach(reason -> text.line("", reason(reason)));
        text.line("Redmine", redmine(status.redmine()));
        text.line("Mackerel", status.mackerel() == null ? null : mackerel(status.mackerel()));
        text.line(
                "tickets",
                "nobody has answered in time: " + status.unanswered() + ", nobody has acknowledged: "
                        + status.unacknowledged() + ", escalations running: " + escalations(status.escalations()));
        return text.toString();
    }

    private String paused(Status status) {
        return status.paused() == null
                ? null
                : "since " + text.time(status.paused().since()) + ", by "
                        + status.paused().by() + ". To go on: mackerel-redmine resume";
    }

    private String waiting(Status.Waiting waiting) {
        return waiting.events() == 0
                ? "nothing"
                : waiting.events() + " of " + waiting.problems() + " problems, the oldest since "
                        + text.time(waiting.since());
    }

    private static String parked(Status.Parked parked) {
        String alerts =
                parked.alerts() == 0 ? "nothing" : "alerts: " + parked.alerts() + " (mackerel-redmine parked list)";
        return parked.actions() == 0 ? alerts : alerts + ", actions after a ticket change: " + parked.actions();
    }

    private String reason(Status.Reason reason) {
        return reason.alerts() + " since " + text.time(reason.since()) + ": "
                + reason.reason().replaceAll("\\s+", " ");
    }

    private static String redmine(Status.Redmine redmine) {
        if (redmine.away() == null) {
            return redmine.url() + ", " + UNKNOWN + " whether it answers";
        }
        String answers = redmine.away() ? " is away" : redmine.latency() == null ? "" : " is there";
        String latency = redmine.latency() == null
                ? redmine.away() ? "" : ", has not answered since the start"
                : ", answers in " + seconds(redmine.latency())
                        + (redmine.slowest() == null
                                ? ""
                                : " (slowest of the last minutes " + seconds(redmine.slowest()) + ")");
        return redmine.url() + answers + latency;
    }

    private static String mackerel(Status.Mackerel mackerel) {
        String channel = mackerel.channelWorks() == null
                ? UNKNOWN + " whether the channel gets all alerts"
                : mackerel.channelWorks() ? "the channel gets all alerts" : "the channel does not get all alerts";
        return channel + ", webhooks lost: " + mackerel.webhooksLost();
    }

    private String escalations(Status.Escalations escalations) {
        return escalations.running()
                + (escalations.pausedSince() == null ? "" : ", paused since " + text.time(escalations.pausedSince()));
    }

    private static String seconds(Duration time) {
        return String.format("%.3f s", time.toMillis() / 1000.0);
    }
}
