package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.Running;
import dev.mackerelredmine.operate.Running.UnreachableException;
import dev.mackerelredmine.settings.ManagementSettings;
import dev.mackerelredmine.settings.SettingNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** What only the running service knows, asked for at its management port: in its metrics. */
final class ManagementPort implements Running.Source {

    private static final String REQUESTS = "mackerel_redmine_redmine_requests_seconds";
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NO_LOGIN = 401;
    private static final Pattern EVERYWHERE = Pattern.compile("0\\.0\\.0\\.0|::|\\[::\\]");

    private final ManagementSettings settings;

    ManagementPort(ManagementSettings settings) {
        this.settings = settings;
    }

    @Override
    public Running ask() throws UnreachableException {
        return of(metrics());
    }

    static Running of(String metrics) {
        double count = values(metrics, REQUESTS + "_count").sum();
        double seconds = values(metrics, REQUESTS + "_sum").sum();
        double slowest = max(metrics, REQUESTS + "_max").orElse(0);
        OptionalDouble away = max(metrics, "mackerel_redmine_breaker_open");
        OptionalDouble suspended = max(metrics, "mackerel_redmine_channel_suspended");
        return new Running(
                away.isPresent() ? away.getAsDouble() > 0 : null,
                count == 0 ? null : Running.seconds(seconds / count),
                slowest == 0 ? null : Running.seconds(slowest),
                suspended.isPresent() ? suspended.getAsDouble() == 0 : null);
    }

    private String metrics() throws UnreachableException {
        URI address = address();
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LONGEST);
        if (settings.user() != null) {
            String login = settings.user() + ":" + settings.secret();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .connectTimeout(LONGEST)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UnreachableException("the service does not answer at " + address + ": does it run?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted");
        }
        if (answer.statusCode() == NO_LOGIN) {
            throw new UnreachableException("the service does not take our login at " + address + ": give this command "
                    + SettingNames.both("management.user") + " and " + SettingNames.both("management.password")
                    + " as the service has them");
        }
        if (answer.statusCode() != OK) {
            throw new UnreachableException(
                    address + " answers with " + answer.statusCode() + ": is that the service's management port?");
        }
        return answer.body();
    }

    /** Who listens everywhere listens on loopback, too. */
    private URI address() {
        String host = EVERYWHERE.matcher(settings.host()).matches() ? "127.0.0.1" : settings.host();
        String inAddress = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + inAddress + ":" + settings.port() + "/observe/metrics");
    }

    private static OptionalDouble max(String metrics, String name) {
        return values(metrics, name).max();
    }

    /** Of the lines of Prometheus' text format: {@code name{labels} value}. */
    private static DoubleStream values(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value));
    }
}
