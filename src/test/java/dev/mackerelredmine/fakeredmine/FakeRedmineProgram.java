package dev.mackerelredmine.fakeredmine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.fakeredmine.FakeRedmine.Request;
import dev.mackerelredmine.fakeredmine.FakeRedmineApi.Answer;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FakeRedmine for a person who tries the service without a Redmine. It prints the settings to set, and a line for each request:
 * method, path, status, and of a request about one ticket its number, status, number of notes, and subject.
 */
public final class FakeRedmineProgram {

    private static final int PORT = 3999;
    private static final Pattern TICKET = Pattern.compile("/issues/(\\d+).*");
    private static final Pattern CREATION = Pattern.compile("(/projects/[^/]+)?/issues\\.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeRedmine redmine;
    private final PrintStream out;

    FakeRedmineProgram(int port, PrintStream out) {
        redmine = new FakeRedmine(port);
        this.out = out;
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments the port, 3999 when there is none; an {@link UncheckedIOException} says that it is taken
     */
    public static void main(String... arguments) throws InterruptedException {
        int port = arguments.length == 0 ? PORT : Integer.parseInt(arguments[0]);
        new FakeRedmineProgram(port, new PrintStream(System.out, true, StandardCharsets.UTF_8)).start();
        Thread.currentThread().join();
    }

    void start() {
        redmine.onAnswer((request, answer) -> out.println(line(request, answer)));
        out.println("export REDMINE_URL=" + redmine.url());
        out.println("export REDMINE_APIKEY=" + redmine.apiKey());
        out.println("export REDMINE_PROJECT=alert");
    }

    void stop() {
        redmine.stop();
    }

    private String line(Request request, Answer answer) {
        String done = request.method() + " " + request.path() + " " + answer.status();
        return done + ticket(request, answer).map(issue -> " " + words(issue)).orElse("");
    }

    private Optional<FakeIssue> ticket(Request request, Answer answer) {
        OptionalInt number = number(request, answer);
        return number.isEmpty()
                ? Optional.empty()
                : redmine.issues().stream()
                        .filter(issue -> issue.id() == number.getAsInt())
                        .findFirst();
    }

    private static OptionalInt number(Request request, Answer answer) {
        Matcher ticket = TICKET.matcher(request.path());
        if (ticket.matches()) {
            return OptionalInt.of(Integer.parseInt(ticket.group(1)));
        }
        boolean isCreated = request.method().equals("POST")
                && answer.status() == 201
                && CREATION.matcher(request.path()).matches();
        return isCreated ? OptionalInt.of(created(answer)) : OptionalInt.empty();
    }

    private static int created(Answer answer) {
        try {
            return JSON.readTree(answer.body()).path("issue").path("id").asInt();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(FakeIssue issue) {
        List<String> notes =
                issue.notes().stream().filter(note -> !note.isEmpty()).toList();
        return "#" + issue.id() + " [" + issue.status() + ", " + notes.size()
                + (notes.size() == 1 ? " note] " : " notes] ") + issue.subject();
    }
}
