package dev.mackerelredmine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Resource;

/** Camel with the routes and settings of the working folder, or else those inside the jar. */
final class Routes {

    static final String ALL = "**/*";

    /** All that the jar holds, because Camel finds in a jar only what is directly in a folder. */
    static final List<String> IN_THE_JAR = List.of(
            "actions", "beans/*", "command/*", "engine/*", "operator", "policy", "preview/*", "service/*", "webhook");

    private static final String BEANS = "routes/beans/";

    private Routes() {}

    /** Of routes/, only these files, by their names without {@code .camel.yaml}; {@code *} stands for all of a folder. */
    static Main camel(String... files) {
        Main main = new Main(Application.class);
        main.setRoutesCollector(new ByName());
        main.setDefaultPropertyPlaceholderLocation(
                "file:application.properties;optional=true,classpath:application.properties");
        // Messages about a mistake in a route say the file and the line.
        main.configure()
                .withSourceLocationEnabled(true)
                .withMessageHistory(true)
                .withRoutesReloadDirectoryRecursive(true)
                .withRoutesIncludePattern(patterns(files));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport started) {
                new RouteCheck(started.getCamelContext()).check(List.of(files).contains(ALL));
            }
        });
        return main;
    }

    /** Runs until it is stopped. @throws SettingsException where a person has to mend a route first */
    static int run(Main main) throws Exception {
        try {
            return main.run(new String[0]);
        } catch (Exception e) {
            throw RouteMistake.in(e, main.getCamelContext());
        }
    }

    /** Starts, and returns. @throws SettingsException where a person has to mend a route first */
    static void start(Main main) throws Exception {
        try {
            main.start();
        } catch (Exception e) {
            throw RouteMistake.in(e, main.getCamelContext());
        }
    }

    /** The same where nobody listens, and nothing is measured. */
    static Main withoutPorts(String... files) {
        Main main = camel(files);
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addOverrideProperty("camel.metrics.enabled", "false");
        return main;
    }

    private static String patterns(String... files) {
        return Stream.of(files)
                .flatMap(file -> file.equals(ALL) && !areOnDisk() ? IN_THE_JAR.stream() : Stream.of(file))
                .map(Routes::of)
                .collect(Collectors.joining(","));
    }

    static String of(String file) {
        return (areOnDisk() ? "file:" : "classpath:") + "routes/" + file + ".camel.yaml";
    }

    private static boolean areOnDisk() {
        return Files.isDirectory(Path.of("routes"));
    }

    /** Camel takes the files in the order of the file system, and beans have to be made before those that need them, and before routes. */
    private static final class ByName extends DefaultRoutesCollector {

        @Override
        public Collection<Resource> findRouteResourcesFromDirectory(
                CamelContext camelContext, String excludePattern, String includePattern) {
            return super.findRouteResourcesFromDirectory(camelContext, excludePattern, includePattern).stream()
                    .sorted(Comparator.comparing(ByName::isOfRoutes).thenComparing(Resource::getLocation))
                    .toList();
        }

        private static boolean isOfRoutes(Resource file) {
            return !file.getLocation().contains(BEANS);
        }
    }
}
