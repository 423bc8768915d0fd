package dev.mackerelredmine.redmine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An administrator at a browser, in a project of its own that has a wiki page, a version and an issue to link to: texts are shown by
 * Redmine's own preview, which stores nothing. What is changed is put back by {@link #close()}.
 */
public final class RedminePages implements AutoCloseable {

    public static final String PROJECT = "rendered-texts";

    private static final Pattern TOKEN = Pattern.compile("csrf-token\" content=\"([^\"]+)\"");
    private static final Pattern FORMAT =
            Pattern.compile("settings_text_formatting.*?selected=\"selected\" value=\"([^\"]*)\"", Pattern.DOTALL);

    private static final Pattern FORMATS =
            Pattern.compile("<select[^>]* id=\"settings_text_formatting\"[^>]*>(.*?)</select>", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(" value=\"(\\w+)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String url;
    private final RedmineCaller admin;
    private final String token;
    private final String formatBefore;
    private final List<String> formats;
    private final int issue;

    public RedminePages(RealRedmine redmine) {
        url = redmine.url();
        admin = new RedmineCaller(url, redmine.id("key_admin"));
        post("/login", Map.of("authenticity_token", tokenOf(get("/login")), "username", "admin", "password", "admin"));
        String settings = get("/settings?tab=general");
        token = tokenOf(settings);
        formatBefore = group(FORMAT, settings);
        formats = VALUE.matcher(group(FORMATS, settings))
                .results()
                .map(option -> option.group(1))
                .toList();
        issue = makeProject();
    }

    public int issue() {
        return issue;
    }

    /** The text formats that this Redmine has, by their names in the settings; without the one that formats nothing. */
    public List<String> formats() {
        return formats;
    }

    /** Changes it for all of Redmine, as only an administrator can. */
    public void format(String format) {
        post("/settings/edit?tab=general", Map.of("authenticity_token", token, "settings[text_formatting]", format));
    }

    /** The HTML that Redmine makes of a description or a note. */
    public String show(String text) {
        return post("/issues/preview?project_id=" + PROJECT, Map.of("authenticity_token", token, "text", text))
                .strip();
    }

    @Override
    public void close() {
        format(formatBefore);
        admin.delete("/projects/" + PROJECT + ".json");
    }

    private int makeProject() {
        admin.delete("/projects/" + PROJECT + ".json");
        send("/projects.json", "POST", """
                {"project":{"identifier":"%s","name":"Rendered texts","is_public":false,
                  "enabled_module_names":["issue_tracking","wiki"]}}""".formatted(PROJECT));
        send("/projects/" + PROJECT + "/wiki/Runbook.json", "PUT", "{\"wiki_page\":{\"text\":\"A runbook\"}}");
        send("/projects/" + PROJECT + "/versions.json", "POST", "{\"version\":{\"name\":\"1.0\"}}");
        return admin.post("/projects/" + PROJECT + "/issues.json", Map.of("subject", "To link to"))
                .json()
                .at("/issue/id")
                .asInt();
    }

    private void send(String path, String method, String json) {
        HttpRequest.Builder request = request(path)
                .method(method, BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .header("X-Redmine-API-Key", admin.key());
        assertThat(send(request).statusCode()).as(path).isEqualTo(201);
    }

    private String get(String path) {
        return send(request(path).GET()).body();
    }

    private String post(String path, Map<String, String> fields) {
        String form = new LinkedHashMap<>(fields)
                .entrySet().stream()
                        .map(field -> URLEncoder.encode(field.getKey(), UTF_8) + "="
                                + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        HttpResponse<String> response = send(request(path)
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }

    /** Puma closes a kept connection when it likes; nothing here does harm when it is done twice. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException closed) {
            return sendAgain(request);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> sendAgain(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String tokenOf(String page) {
        return group(TOKEN, page);
    }

    private static String group(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as("%s in %s", pattern, page).isTrue();
        return matcher.group(1);
    }
}
