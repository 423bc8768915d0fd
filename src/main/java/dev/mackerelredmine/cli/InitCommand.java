package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.camel.SettingsSource;
import dev.mackerelredmine.redmine.check.Choices;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.Settings;
import dev.mackerelredmine.setup.LocalFile;
import dev.mackerelredmine.setup.Person;
import dev.mackerelredmine.setup.SetUp;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sets the service up: asks for what it needs to deliver, and writes it into local.properties. */
@Command(
        name = "init",
        description = {
            "Sets the service up: asks for Redmine's address, an API key, a project, and the tickets' language and time zone, lists what"
                    + " that Redmine has to choose from, writes the answers into local.properties, checks them, and says what to enter at Mackerel. It does"
                    + " not ask what an option answers. Without a terminal, --url, --key-file and --project are needed.",
            "Lines in local.properties stay. A line that would get another value is replaced only if you say so, or with --replace.",
            "Ends with 0 when nothing is wrong; with 1 when check finds something to correct; with 2 when an answer is missing, or Redmine"
                    + " does not accept the key: then nothing is written."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class InitCommand implements Callable<Integer> {

    private static final String URL = "redmine.url";
    private static final String KEY = "redmine.apikey";
    private static final String PROJECT = "redmine.project";

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", description = "Redmine's address, such as https://redmine.example.jp")
    private String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds the API key of the bot user, and nothing else; - is standard input.")
    private String keyFile;

    @Option(names = "--project", paramLabel = "PROJECT", description = "Identifier or number of the project.")
    private String project;

    @Option(names = "--tracker", paramLabel = "TRACKER", description = "Name or number of the tickets' tracker.")
    private String tracker;

    @Option(
            names = "--assigned",
            paramLabel = "NAME",
            description = "Name or number of the user or group who gets tickets.")
    private String assigned;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "One more setting, such as redmine.priority.critical=Urgent. May be given several times; takes no secrets.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Option(
            names = "--replace",
            description = "Replaces lines of local.properties that have another value, without asking.")
    private boolean replace;

    private CommandCamel camel;

    @Override
    public Integer call() throws Exception {
        Person person = TerminalPerson.there().orElse(null);
        LocalFile file = new LocalFile(Path.of(""), serviceFolder());
        Map<String, String> settings;
        try {
            settings = new SetUp(given(person == null), person, proposed(file)).complete(this::choices);
        } finally {
            close();
        }
        if (!mayReplace(file.conflicts(settings), person)) {
            return Beside.print(spec, "Nothing was written.", 2);
        }
        file.write(settings);
        Beside.print(spec, "Written: " + file.path() + "\n", 0);
        warnOfEnvironment(settings.keySet());
        int found = spec.parent().subcommands().get("check").execute();
        Beside.print(spec, next(), 0);
        return found;
    }

    private Map<String, String> given(boolean isAll) {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, URL, url);
        put(given, KEY, keyFile == null ? null : key());
        put(given, PROJECT, project);
        put(given, "redmine.tracker", tracker);
        put(given, "redmine.assigned", assigned);
        more.forEach((name, value) -> put(given, checked(name), value));
        List<String> missing = new ArrayList<>();
        Map.of(URL, "--url", KEY, "--key-file", PROJECT, "--project").forEach((name, option) -> {
            if (!given.containsKey(name)) {
                missing.add(option);
            }
        });
        if (isAll && !missing.isEmpty()) {
            throw refused("there is no terminal to ask at, so give "
                    + missing.stream().sorted().collect(Collectors.joining(", ")));
        }
        return given;
    }

    /** What the file says already, or else what this machine has. */
    private static Map<String, String> proposed(LocalFile file) {
        Map<String, String> proposed = new HashMap<>();
        String language = Locale.getDefault().getLanguage();
        proposed.put(
                "ticket.language", Language.of(language).orElse(Language.EN).toString());
        proposed.put("ticket.time-zone", ZoneId.systemDefault().getId());
        proposed.putAll(file.stated());
        return proposed;
    }

    private static void put(Map<String, String> given, String name, String value) {
        if (value != null && !value.isBlank()) {
            given.put(name, value.strip());
        }
    }

    private String checked(String name) {
        if (SettingNames.SECRETS.contains(name)) {
            throw refused("--set takes no secrets, because all users of this machine can see it: put " + name
                    + " into a file, and set " + name + "-file");
        }
        if (!SettingNames.ALL.contains(name) && !name.matches("redmine\\.field\\.\\d{1,18}")) {
            throw refused("there is no setting " + name);
        }
        return name;
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String key() {
        try {
            byte[] bytes = keyFile.equals("-")
                    ? System.in.readAllBytes()
                    : Files.readAllBytes(CallersFolder.resolve(Path.of(keyFile)));
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw refused("the file of --key-file cannot be read: " + keyFile);
        }
    }

    /** Nobody but this process knows the key. */
    private Choices choices(String address, String key) throws Exception {
        close();
        camel = CommandCamel.start(Map.of(URL, address, KEY, key, PROJECT, "-"));
        return new Choices(camel.context(), camel.bean(Settings.class).address());
    }

    private void close() {
        if (camel != null) {
            camel.close();
        }
    }

    private static Path serviceFolder() throws Exception {
        try (CamelContext context = SettingsSource.alone()) {
            String store = context.getPropertiesComponent()
                    .resolveProperty("store.url")
                    .orElse("");
            return Store.folder(store);
        }
    }

    private boolean mayReplace(List<String> conflicts, Person person) {
        if (conflicts.isEmpty() || replace) {
            return true;
        }
        String named = String.join(", ", conflicts);
        if (person == null) {
            throw refused("local.properties has other values of " + named + ": use --replace to replace them");
        }
        return person.ask("local.properties has other values of " + named + ". Replace them? [y/N] ")
                .strip()
                .equalsIgnoreCase("y");
    }

    private void warnOfEnvironment(Set<String> names) {
        List<String> variables = names.stream()
                .map(SettingNames::variable)
                .filter(variable -> System.getenv(variable) != null)
                .toList();
        if (!variables.isEmpty()) {
            Beside.print(
                    spec,
                    "These environment variables win over local.properties: " + String.join(", ", variables) + "\n",
                    0);
        }
    }

    private static String next() throws Exception {
        String paths;
        try (CamelContext context = SettingsSource.alone()) {
            paths = Routes.webhookPaths(context).stream()
                    .sorted()
                    .map(path -> "  https://mackerel:KEY@alerts.example.jp" + path)
                    .collect(Collectors.joining("\n"));
        }
        return """

                Next (docs/ of the Debian package is in /usr/share/doc/mackerel-redmine):
                  1. Start the service, with systemd: sudo systemctl enable --now mackerel-redmine (if it runs: sudo systemctl restart mackerel-redmine)
                  2. Choose how you are notified when it needs a person. As shipped it only writes to its log: docs/operate.md#operator-notifications
                  3. Let Mackerel reach it by https, and give Mackerel a key (gate.api-key): docs/connect-mackerel.md
                  4. At Mackerel, add a channel of the type Webhook with this URL, with your host's name and your key, and add it to a notification
                     group:
                """ + "     " + paths.strip() + "\n";
    }
}
