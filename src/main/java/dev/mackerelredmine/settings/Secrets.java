package dev.mackerelredmine.settings;

import com.fasterxml.jackson.core.JacksonException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.PropertiesComponent;

/**
 * The secrets among the settings: each is the value of its own setting, or stands alone in the file that NAME-file names. What is wrong is
 * reported with the names of setting and file, and never with what they contain.
 */
final class Secrets {

    /** Without what looks such up, Camel takes "name" as the default value of a property "aws". */
    private static final Pattern LOOKED_UP_IN_AWS = Pattern.compile("\\{\\{\\??(aws[a-z-]*):");

    private static final List<PassingFailures> PASSING = ServiceLoader.load(PassingFailures.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private final CamelContext camelContext;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> ofFiles = new HashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Set<String> passing = new HashSet<>();

    Secrets(CamelContext camelContext) {
        this.camelContext = camelContext;
        SettingNames.SECRETS.forEach(this::read);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Those that stood in files. */
    Map<String, String> ofFiles() {
        return ofFiles;
    }

    /** What stood in the way of reading a secret, a line each, by the secret's name. */
    Map<String, String> problems() {
        return problems;
    }

    /** Whether this problem is none of the settings, but of where they are looked up, and passes. */
    boolean mayPass(String problem) {
        return passing.contains(problem);
    }

    private void read(String name) {
        String fileSetting = SettingRow.fileOf(name);
        Optional<String> stated = property(name, name);
        Optional<String> ofFile = property(name, fileSetting)
                .map(file -> new SettingFile(fileSetting, file))
                .flatMap(file -> content(name, file));
        // What stands in a file is made a property, for the routes, and is found there when it is read again.
        if (stated.isPresent() && ofFile.isPresent() && !stated.equals(ofFile)) {
            problems.put(
                    name,
                    "set either " + SettingNames.both(name) + " or " + SettingNames.both(fileSetting) + ", not both");
        }
        ofFile.ifPresent(secret -> ofFiles.put(name, secret));
        ofFile.or(() -> stated).ifPresent(secret -> values.put(name, secret));
    }

    private Optional<String> property(String name, String setting) {
        try {
            refuseWhatAwsCannotAnswer(setting);
            return Optional.ofNullable(camelContext.resolvePropertyPlaceholders("{{?" + setting + "}}"))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        } catch (RuntimeException e) {
            String problem = SettingNames.both(setting) + " cannot be looked up: " + whyNoProperty(e);
            problems.put(name, problem);
            if (causes(e).anyMatch(Secrets::mayPass)) {
                passing.add(problem);
            }
            return Optional.empty();
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static boolean mayPass(Throwable cause) {
        return PASSING.stream().anyMatch(kind -> kind.mayPass(cause));
    }

    private void refuseWhatAwsCannotAnswer(String setting) {
        PropertiesComponent properties = camelContext.getPropertiesComponent();
        String stated = System.getenv()
                .getOrDefault(
                        SettingNames.variable(setting),
                        properties.loadProperties(setting::equals).getProperty(setting, ""));
        LOOKED_UP_IN_AWS.matcher(stated).results().map(found -> found.group(1)).forEach(function -> {
            if (!isThere(function)) {
                throw new SettingsException(List.of(
                        "that takes the part for AWS (mackerel-redmine-aws), to be unpacked over this installation"));
            }
        });
    }

    /** It starts when it is asked for, and that fails without a region. */
    private boolean isThere(String function) {
        try {
            return camelContext.getPropertiesComponent().getPropertiesFunction(function) != null;
        } catch (RuntimeCamelException e) {
            throw new SettingsException(List.of("set AWS_REGION to the region of the secret"));
        }
    }

    /** The messages of two parsers, Camel's and that of JSON, hold what was to be parsed. */
    private static String whyNoProperty(RuntimeException failure) {
        if (failure instanceof IllegalArgumentException) {
            return "it has {{...}} in it, for which there is no value";
        }
        boolean isNoJson = causes(failure).anyMatch(JacksonException.class::isInstance);
        return isNoJson
                ? "a field is named, but the secret is not JSON"
                : String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    }

    private Optional<String> content(String name, SettingFile file) {
        try {
            String secret = file.text().strip();
            if (secret.lines().count() != 1) {
                throw file.refuse(secret.isEmpty() ? "is empty" : "has several lines: only the secret may be in it");
            }
            return Optional.of(secret);
        } catch (SettingsException e) {
            problems.put(name, e.getMessage());
            return Optional.empty();
        }
    }
}
