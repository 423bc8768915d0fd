package dev.mackerelredmine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of routes/: those that come with a release, and those that an engineer put beside them. */
final class RouteFolder {

    static final String SUFFIX = ".camel.yaml";

    private static final Path FOLDER = Path.of("routes");

    private RouteFolder() {}

    /** The names, without {@code .camel.yaml}, of the files that an engineer added. */
    static List<String> added() {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::toString)
                    .filter(RouteFolder::isAdded)
                    .map(RouteFolder::name)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isAdded(String location) {
        String file = location.substring(location.lastIndexOf("routes/") + "routes/".length());
        return file.endsWith(SUFFIX) && !file.contains("/") && !Routes.IN_THE_JAR.contains(name(file));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.length() - SUFFIX.length());
    }

    /** The addresses of routes that other routes call, as they are written in all files, also in those that are not loaded. */
    static List<String> inputs(CamelContext camelContext) {
        try {
            PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(camelContext);
            List<String> inputs = new ArrayList<>();
            for (String pattern : Routes.patterns().toList()) {
                for (Resource file : resolver.findResources(pattern)) {
                    inputs.addAll(inputs(file));
                }
            }
            return inputs;
        } catch (Exception e) {
            throw new IllegalStateException("the files of routes/ cannot be read", e);
        }
    }

    private static List<String> inputs(Resource file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getLocation()).build();
        try (InputStream text = file.getInputStream()) {
            return new Load(settings).loadFromInputStream(text) instanceof List<?> entries
                    ? entries.stream().flatMap(RouteFolder::input).toList()
                    : List.of();
        }
    }

    private static Stream<String> input(Object entry) {
        Object route = child(entry, "route");
        Object from = child(route == null ? entry : route, "from");
        Object uri = from instanceof String ? from : child(from, "uri");
        Object name = child(child(from, "parameters"), "name");
        return Stream.of(name == null ? String.valueOf(uri) : uri + ":" + name)
                .filter(input -> input.startsWith("direct:"));
    }

    private static Object child(Object value, String key) {
        return value instanceof Map<?, ?> map ? map.get(key) : null;
    }
}
