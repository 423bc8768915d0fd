package dev.mackerelredmine;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus would get of a service at this moment: each series as it stands in the text, with its value. */
public record Scrape(Map<String, Double> series) {

    private static final Pattern SAMPLE = Pattern.compile("(?<series>[a-z_]+(\\{.*})?) (?<value>\\S+)");

    public static Scrape of(RunningService service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.management("/observe/metrics")).build();
        return new Scrape(service.send(request)
                .body()
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        sample -> sample.group("series"),
                        sample -> Double.valueOf(sample.group("value")),
                        (one, other) -> one,
                        TreeMap::new)));
    }

    /** The value of a series of ours; zero where there is none. */
    public double value(String series) {
        return this.series.getOrDefault("mackerel_redmine_" + series, 0.0);
    }
}
