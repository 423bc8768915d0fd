import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in Redmine, asked for directly. Of each alert the number of its tickets, by the name of its host. */
record Tickets(Map<String, Integer> of) {

    private static final Pattern SUBJECT = Pattern.compile("\"subject\":\"(?:[^\"\\\\]++|\\\\.)*+\"");
    private static final int PAGE = 100;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Tickets of(Alerts alerts) throws Exception {
        return of(alerts, "*");
    }

    static Tickets closed(Alerts alerts) throws Exception {
        return of(alerts, "c");
    }

    private static Tickets of(Alerts alerts, String status) throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        for (int offset = 0; ; offset += PAGE) {
            String page = page(alerts, status, offset);
            int subjects = 0;
            for (Matcher subject = SUBJECT.matcher(page); subject.find(); subjects++) {
                Matcher name = Alerts.NAME.matcher(subject.group());
                if (name.find() && name.group().startsWith(alerts.prefix())) {
                    found.merge(name.group(), 1, Integer::sum);
                }
            }
            if (subjects < PAGE) {
                return new Tickets(found);
            }
        }
    }

    private static String page(Alerts alerts, String status, int offset) throws IOException, InterruptedException {
        String query = "f[]=subject&op[subject]=~&v[subject][]=" + alerts.prefix() + "&f[]=status_id&op[status_id]=" + status
                + "&sort=id&limit=" + PAGE + "&offset=" + offset;
        String encoded = query.replace("[", URLEncoder.encode("[", StandardCharsets.UTF_8)).replace("]", URLEncoder.encode("]", StandardCharsets.UTF_8));
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(System.getenv("REDMINE_URL") + "/projects/" + System.getenv("REDMINE_PROJECT") + "/issues.json?" + encoded))
                        .header("X-Redmine-API-Key", System.getenv("REDMINE_APIKEY"))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("Redmine answered with " + answer.statusCode() + " when it was asked for the tickets");
        }
        return answer.body();
    }

    int number() {
        return of.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Alerts that have more than one. */
    int twice() {
        return (int) of.values().stream().filter(number -> number > 1).count();
    }
}
