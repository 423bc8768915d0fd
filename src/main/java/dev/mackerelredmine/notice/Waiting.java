package dev.mackerelredmine.notice;

import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Instant;

/** Says in the operator's language how much waits to be delivered, and, where that is much, when it will be. */
public final class Waiting {

    private final DeliveryRate rate;
    private final Sentences sentences;

    public Waiting(DeliveryRate rate, Sentences sentences) {
        this.rate = rate;
        this.sentences = sentences;
    }

    /** What there is to say each minute, or null while little waits. */
    public String eachMinute() {
        rate.sample();
        BacklogForecast forecast = rate.forecast();
        return forecast.end() == BacklogForecast.End.OF_LITTLE ? null : said(forecast);
    }

    Sentences sentences() {
        return sentences;
    }

    String said() {
        return said(rate.forecast());
    }

    /** With the caller's knowledge of whether Redmine is away. */
    String said(boolean isRedmineThere) {
        return said(rate.forecast(isRedmineThere));
    }

    private String said(BacklogForecast forecast) {
        return sentences.say(
                "waiting." + forecast.end(),
                forecast.backlog().waiting(),
                forecast.backlog().problems(),
                sentences.duration(forecast.left()),
                sentences.time(Instant.now().plus(forecast.left())));
    }
}
