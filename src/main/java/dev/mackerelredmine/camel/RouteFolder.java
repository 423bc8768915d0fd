package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.SettingNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files of routes/: those that come with a release, and those that an engineer put beside them. Each is read from the working folder,
 * or from the jar where the folder has no file of that name.
 */
public final class RouteFolder {

    static final String SUFFIX = ".camel.yaml";

    /** All that the jar holds, because Camel finds in a jar only what is directly in a folder. */
    public static final List<String> IN_THE_JAR = List.of(
            "beans/*",
            "command/*",
            "engine/*",
            "notify",
            "operator",
            "policy",
            "preview/*",
            "service/*",
            "ticket-changed",
            "webhook");

    /** Files by their names, and the settings of which one has to be set. */
    private static final Map<String, List<String>> NEED_A_SETTING = Map.of(
            "mackerel", List.of("mackerel.apikey", "mackerel.apikey-file"),
            "escalation|notify|page", List.of("escalation.file"));

    private static final Path FOLDER = Path.of("routes");

    private RouteFolder() {}

    /** The names, without {@code .camel.yaml}, of the files that an engineer added. */
    static List<String> added() {
        return ofEngineers().filter(name -> !IN_THE_JAR.contains(name)).toList();
    }

    /** For people: which files of engineers are used. Those that are the jar's own, as a package puts them there, are not named. */
    public static String used() {
        String names = onDisk(1)
                .filter(file -> !isAsShipped(file))
                .map(RouteFolder::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "as shipped" : names + " in routes/, the others as shipped";
    }

    private static Stream<String> ofEngineers() {
        return onDisk(1).map(RouteFolder::name);
    }

    /** Files of routes/ so far down. */
    private static Stream<String> onDisk(int depth) {
        if (!Files.isDirectory(FOLDER)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(FOLDER, depth)) {
            return files.map(Path::toString).filter(file -> file.endsWith(SUFFIX)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAsShipped(String file) {
        try (InputStream shipped = RouteFolder.class.getClassLoader().getResourceAsStream(file)) {
            return shipped != null && Arrays.equals(shipped.readAllBytes(), Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isAdded(String location) {
        String file = path(location).substring("routes/".length());
        return file.endsWith(SUFFIX) && !file.contains("/") && !IN_THE_JAR.contains(name(file));
    }

    /** Without its folder and {@code .camel.yaml}. */
    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replace(SUFFIX, "");
    }

    /** As {@code routes/policy.camel.yaml}, wherever it was found. */
    private static String path(String location) {
        return location.substring(Math.max(location.lastIndexOf("routes/"), 0));
    }

    /** A file of routes/, for people: where two may have the name, it says which was read. */
    public static String shown(String file) {
        return !file.startsWith("routes/") || Files.exists(Path.of(file)) ? file : file + " (in the jar)";
    }

    /** Whether the working folder has this file, or for {@code engine/*} this folder. */
    static boolean has(String file) {
        int all = file.indexOf('*');
        return Files.exists(FOLDER.resolve(all < 0 ? file + SUFFIX : file.substring(0, all)));
    }

    /** Of files in the jar those that are read from there. */
    static Stream<Resource> notOnDisk(Stream<Resource> inTheJar, CamelContext camelContext) {
        return inTheJar.map(file -> path(file.getLocation()))
                .distinct()
                .filter(path -> Files.notExists(Path.of(path)))
                .map(path -> PluginHelper.getResourceLoader(camelContext).resolveResource("classpath:" + path));
    }

    /** Files in a release's folders that this release does not have: another release was unpacked there before. */
    static List<String> leftOver() {
        return onDisk(2).filter(RouteFolder::isLeftOver).toList();
    }

    static boolean isLeftOver(String file) {
        return IN_THE_JAR.contains(file.replaceFirst("^routes/([^/]*/).*", "$1*"))
                && RouteFolder.class.getClassLoader().getResource(file) == null;
    }

    /** Whether a file serves only a feature whose setting is not set. It is not read then, and costs nothing. */
    static boolean isWithoutItsSetting(String location, CamelContext camelContext) {
        return NEED_A_SETTING.entrySet().stream()
                .anyMatch(needs -> name(location).matches("(\\d-)?(" + needs.getKey() + ")")
                        && needs.getValue().stream().noneMatch(setting -> isSet(setting, camelContext)));
    }

    /** What is stated is not looked up here: that may be a request to somebody. */
    private static boolean isSet(String setting, CamelContext camelContext) {
        PropertiesComponent properties = camelContext.getPropertiesComponent();
        return isStated(System.getenv(SettingNames.variable(setting)))
                || isStated(properties.loadProperties(setting::equals).getProperty(setting))
                || properties.resolveProperty(setting).isPresent();
    }

    private static boolean isStated(String value) {
        return value != null && !value.isBlank();
    }

    /** What stands in a file, read as plain YAML. */
    static Stream<Object> entries(Resource file) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getLocation()).build();
        try (InputStream text = file.getInputStream()) {
            return new Load(settings).loadFromInputStream(text) instanceof List<?> entries
                    ? entries.stream().map(Object.class::cast)
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object child(Object value, String key) {
        return value instanceof Map<?, ?> map ? map.get(key) : null;
    }
}
