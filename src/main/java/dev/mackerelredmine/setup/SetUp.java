package dev.mackerelredmine.setup;

import dev.mackerelredmine.redmine.check.Choices;
import dev.mackerelredmine.redmine.check.Choices.Choice;
import dev.mackerelredmine.redmine.check.Finding;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.ticket.text.Language;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out what has to be set, from what is given and from whoever is asked, with what the Redmine has for a choice. */
public final class SetUp {

    private static final String URL = "redmine.url";
    private static final String KEY = "redmine.apikey";
    private static final String PROJECT = "redmine.project";
    private static final String TRACKER = "redmine.tracker";
    private static final String ASSIGNED = "redmine.assigned";
    private static final String LANGUAGE = "ticket.language";
    private static final String TIME_ZONE = "ticket.time-zone";
    private static final int MOST_TRIES = 3;

    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("redmine.custom-field.alert-id", "the alert's id, by which a ticket is found again");
        FIELDS.put("redmine.custom-field.monitor", "the monitor's name");
        FIELDS.put("redmine.custom-field.level", "the level (warning, critical, unknown)");
        FIELDS.put("redmine.custom-field.host", "the host's name");
    }

    private final Map<String, String> settings;
    private final Person person;
    private final Map<String, String> proposed;

    /** Opens a Redmine by address and key. */
    @FunctionalInterface
    public interface Opener {
        Choices open(String url, String key) throws Exception;
    }

    /**
     * @param given settings that need not be asked for
     * @param person null where nobody can be asked
     * @param proposed what language and time zone are where nothing is entered
     */
    public SetUp(Map<String, String> given, Person person, Map<String, String> proposed) {
        this.settings = new LinkedHashMap<>(given);
        this.person = person;
        this.proposed = proposed;
    }

    /** All that is to be set. @throws SettingsException where something is missing, or Redmine does not accept the key */
    public Map<String, String> complete(Opener opener) throws Exception {
        if (person == null) {
            Choices choices = opener.open(settings.get(URL), settings.get(KEY));
            choices.wrong().ifPresent(SetUp::refuse);
            return settings;
        }
        Choices choices = enter(opener);
        person.tell("The key is that of " + choices.user() + ".");
        String project = project(choices);
        chooseOne(TRACKER, "Tracker (empty: the project's first)", choices.trackers(project));
        chooseOne(ASSIGNED, "Assignee (empty: nobody)", choices.people(project));
        chooseFields(choices.fields(project));
        enter(LANGUAGE, "Language of the tickets, en or ja", SetUp::isLanguage);
        enter(TIME_ZONE, "Time zone of the times in tickets, such as Asia/Tokyo", SetUp::isTimeZone);
        return settings;
    }

    /** Who is no administrator does not see each of them in an older Redmine. */
    private void chooseFields(List<Choice> fields) {
        if (settings.keySet().containsAll(FIELDS.keySet())) {
            return;
        }
        person.tell(
                "Custom fields, each with its number in Redmine. One that is missing here can be set by this number later:"
                        + " docs/connect-redmine.md#custom-fields");
        if (fields.isEmpty()) {
            person.tell("  none");
            return;
        }
        show(fields);
        FIELDS.forEach((name, meaning) -> choose(name, "The field for " + meaning + " (empty: none)", fields));
    }

    /** As it is proposed where nothing is entered. */
    private void enter(String name, String question, Predicate<String> isRight) {
        for (int tries = 1; !settings.containsKey(name); tries++) {
            String entered =
                    person.ask(question + " [" + proposed.get(name) + "]: ").strip();
            String value = entered.isEmpty() ? proposed.get(name) : entered;
            if (isRight.test(value)) {
                settings.put(name, value);
                return;
            }
            again(tries, name + " cannot be \"" + value + "\"");
        }
    }

    private static boolean isLanguage(String entered) {
        return Language.of(entered).isPresent();
    }

    private static boolean isTimeZone(String entered) {
        try {
            ZoneId.of(entered);
            return true;
        } catch (DateTimeException notOne) {
            return false;
        }
    }

    private void again(int tries, String wrong) {
        if (tries == MOST_TRIES) {
            throw new SettingsException(List.of(wrong));
        }
        person.tell(wrong);
    }

    /** Again where there is none of that name. */
    private String project(Choices choices) {
        boolean isAsked = !settings.containsKey(PROJECT);
        for (int tries = 1; ; tries++) {
            if (isAsked) {
                List<Choice> projects = choices.projects();
                show(projects);
                String entered = ask("Project");
                settings.put(
                        PROJECT, found(entered, projects).map(Choice::value).orElse(entered));
            }
            String project = settings.get(PROJECT);
            Finding wrong = choices.wrong(project).orElse(null);
            if (wrong == null) {
                return project;
            }
            if (!isAsked || tries == MOST_TRIES) {
                refuse(wrong);
            }
            person.tell(wrong.toString());
        }
    }

    private void chooseOne(String name, String question, List<Choice> choices) {
        if (!settings.containsKey(name)) {
            show(choices);
            choose(name, question, choices);
        }
    }

    /** None where nothing is entered; again where there is none of that name. */
    private void choose(String name, String question, List<Choice> choices) {
        for (int tries = 1; !settings.containsKey(name); tries++) {
            String entered = ask(question);
            if (entered.isEmpty()) {
                return;
            }
            Optional<Choice> choice = found(entered, choices);
            if (choice.isPresent()) {
                settings.put(name, choice.get().value());
                return;
            }
            again(tries, name + ": there is no \"" + entered + "\" among them");
        }
    }

    private void show(List<Choice> choices) {
        for (int i = 0; i < choices.size(); i++) {
            person.tell(String.format("  %2d)  %s", i + 1, choices.get(i)));
        }
    }

    private String ask(String question) {
        return person.ask(question + ", by its line number or its name: ").strip();
    }

    private static Optional<Choice> found(String entered, List<Choice> choices) {
        int line = entered.matches("\\d{1,3}") ? Integer.parseInt(entered) : 0;
        return line >= 1 && line <= choices.size()
                ? Optional.of(choices.get(line - 1))
                : choices.stream()
                        .filter(choice ->
                                choice.name().equals(entered) || choice.value().equals(entered))
                        .findFirst();
    }

    private static void refuse(Finding finding) {
        throw new SettingsException(List.of(finding.toString()));
    }

    /** Again where Redmine does not let us in, by what may have been entered wrongly. */
    private Choices enter(Opener opener) throws Exception {
        boolean isAsked = !settings.containsKey(URL) || !settings.containsKey(KEY);
        for (int tries = 1; ; tries++) {
            String url = settings.containsKey(URL)
                    ? settings.get(URL)
                    : person.ask("Redmine's address, such as https://redmine.example.jp: ")
                            .strip();
            String key = settings.containsKey(KEY)
                    ? settings.get(KEY)
                    : person.askSecret(
                                    "API key of the bot user (log in to Redmine as that user: My account, API access key, Show). Your typing is not shown: ")
                            .strip();
            try {
                Choices choices = opener.open(url, key);
                choices.wrong().ifPresent(SetUp::refuse);
                settings.put(URL, url);
                settings.put(KEY, key);
                return choices;
            } catch (SettingsException e) {
                if (!isAsked || tries == MOST_TRIES) {
                    throw e;
                }
                person.tell(e.getMessage());
            }
        }
    }
}
