package faults;

import faults.History.Alert;
import faults.Verdict.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong, alert by alert, with all that was asked of Redmine for it and what the service said. */
final class Report {

    private static final Pattern TICKET = Pattern.compile("#(\\d+)");

    private final Path work;
    private final List<Proxy.Entry> requests;
    private final Store store;
    private final Map<String, Path> logs;

    /** @param logs of the service, by the name of the instance */
    Report(Path work, List<Proxy.Entry> requests, Store store, Map<String, Path> logs) {
        this.work = work;
        this.requests = requests;
        this.store = store;
        this.logs = logs;
    }

    void write(List<Finding> findings) throws IOException {
        Files.write(
                work.resolve("requests.log"),
                requests.stream().map(Object::toString).toList());
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add("");
            lines.add("WRONG: " + finding);
            if (finding.alert() != null) {
                lines.addAll(about(finding));
            }
        }
        Files.write(work.resolve("report.txt"), lines);
        lines.stream().limit(400).forEach(System.out::println);
    }

    private List<String> about(Finding finding) throws IOException {
        List<String> lines = new ArrayList<>();
        Alert alert = finding.alert();
        alert.changes.forEach(
                change -> lines.add("  happened  " + change.token() + " at " + change.at + " " + change.status
                        + (change.isAcknowledged() ? "" : change.mayBeIn() ? " (not acknowledged)" : " (not posted)")));
        for (Alert one : alert.problem.alerts) {
            store.events(one.id).forEach(event -> lines.add("  came in   " + event));
            store.steps(one.id).forEach(step -> lines.add("  done      " + step));
        }
        Set<String> words = words(finding);
        requests.stream()
                .filter(entry -> isAbout(entry.request().text(), words))
                .forEach(entry -> lines.add("  asked     " + entry));
        for (Map.Entry<String, Path> log : logs.entrySet()) {
            // What was killed may have left half a character.
            new String(Files.readAllBytes(log.getValue()), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> isAbout(line, words))
                    .forEach(line -> lines.add("  " + log.getKey() + " " + line));
        }
        return lines;
    }

    /** By what something is known to be about the alert, or another of its problem: ids, numbers of tickets, the monitor. */
    private Set<String> words(Finding finding) throws IOException {
        Set<String> words = new TreeSet<>();
        for (Alert alert : finding.alert().problem.alerts) {
            words.add(alert.id);
            for (String step : store.steps(alert.id)) {
                addTickets(step, words);
            }
        }
        words.add(finding.alert().problem.monitor());
        addTickets(finding.what(), words);
        return words;
    }

    private static void addTickets(String text, Set<String> words) {
        Matcher ticket = TICKET.matcher(text);
        while (ticket.find()) {
            if (!ticket.group(1).equals("0")) {
                words.add(ticket.group());
                words.add("/issues/" + ticket.group(1) + ".json");
            }
        }
    }

    private static boolean isAbout(String text, Set<String> words) {
        return words.stream()
                .anyMatch(word -> Pattern.compile(Pattern.quote(word) + "(?!\\d)")
                        .matcher(text)
                        .find());
    }
}
