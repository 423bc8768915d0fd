package dev.mackerelredmine.camel;

import dev.mackerelredmine.settings.SettingsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel with the routes and settings of the working folder, and those inside the jar for what is not there. */
public final class Routes {

    public static final String ALL = "**/*";

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final String CLASSPATH = "classpath:";

    private static final String BEANS = "routes/beans/";

    private static final String POLICY = "policy";

    private static final String WEBHOOK = "platform-http:";

    private Routes() {}

    /**
     * Of routes/, only these files, by their names without {@code .camel.yaml}; {@code *} stands for all of a folder. With the policy come
     * the files that an engineer added, because it may call them; of these, only what begins when it is called.
     */
    public static Main camel(String... files) {
        List<String> named = List.of(files);
        List<String> added = named.contains(POLICY) ? RouteFolder.added() : List.of();
        Main main = new Main() {
            @Override
            protected void configurePropertiesService(CamelContext camelContext) throws Exception {
                SettingsSource.readBy(camelContext, getDefaultPropertyPlaceholderLocation());
                super.configurePropertiesService(camelContext);
            }
        };
        main.setRoutesCollector(new ByName(false, false, Set.of()));
        main.setDefaultPropertyPlaceholderLocation(SettingsSource.LOCATIONS);
        // Messages about a mistake in a route say the file and the line.
        main.configure()
                .withSourceLocationEnabled(true)
                .withMessageHistory(true)
                .withRoutesReloadDirectoryRecursive(true)
                .withRoutesIncludePattern(
                        patterns(Stream.concat(named.stream(), added.stream())).collect(Collectors.joining(",")));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                starting.getCamelContext().getRegistry().bind(GetterLanguage.NAME, new GetterLanguage());
                EnumConverters.addTo(starting.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport started) {
                RouteFolder.leftOver()
                        .forEach(file -> LOG.warn("{} is of another release, and is not used: remove it", file));
                checkRoutes(started.getCamelContext(), named);
            }
        });
        return main;
    }

    /**
     * All of a release's files, and the settings that are inside the jar, whatever the working folder has.
     *
     * @param others files inside the jar, each in place of one of the release's
     */
    public static Main asShipped(Map<String, String> others) {
        Main main = camel(ALL);
        main.setRoutesCollector(new ByName(false, true, others.keySet()));
        main.setDefaultPropertyPlaceholderLocation(CLASSPATH + "application.properties");
        Stream<String> shipped = RouteFolder.IN_THE_JAR.stream().map(file -> pattern(CLASSPATH, file));
        Stream<String> inPlace = others.values().stream().map(file -> CLASSPATH + file + RouteFolder.SUFFIX);
        main.configure()
                .withRoutesIncludePattern(Stream.concat(shipped, inPlace).collect(Collectors.joining(",")));
        return main;
    }

    private static void checkRoutes(CamelContext camelContext, List<String> files) {
        if (!files.contains(POLICY)) {
            new RouteCheck(camelContext, List::of).check(files.contains(ALL));
            return;
        }
        leaveOutWhatBeginsByItself(camelContext);
        new RouteCheck(camelContext, () -> inputs(camelContext)).check(true);
    }

    private static void leaveOutWhatBeginsByItself(CamelContext camelContext) {
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        List.copyOf(model.getRouteDefinitions()).stream()
                .filter(route -> RouteFolder.isAdded(route.getResource().getLocation()))
                .filter(route -> !route.getInput().getEndpointUri().startsWith("direct:"))
                .forEach(route -> remove(route, model));
    }

    private static void remove(RouteDefinition route, Model model) {
        try {
            model.removeRouteDefinition(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs until it is stopped. @throws SettingsException where a person has to correct a route first */
    public static int run(Main main) throws Exception {
        try {
            return main.run(new String[0]);
        } catch (Exception e) {
            throw RouteMistake.in(e, main.getCamelContext());
        }
    }

    /** Starts, and returns. @throws SettingsException where a person has to correct a route first */
    public static void start(Main main) throws Exception {
        try {
            main.start();
        } catch (Exception e) {
            throw RouteMistake.in(e, main.getCamelContext());
        }
    }

    /** The same where nobody listens, and nothing is measured. */
    public static Main withoutPorts(String... files) {
        Main main = camel(files);
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addOverrideProperty("camel.metrics.enabled", "false");
        return main;
    }

    /**
     * Reads each file, and makes and starts nothing: so it can be done beside a running service, and without what the beans need.
     *
     * @param settings where placeholders are resolved
     * @throws SettingsException that names the mistakes, with file and line
     */
    public static void checkAll(CamelContext settings) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setSourceLocationEnabled(true);
            context.getPropertiesComponent()
                    .setOverrideProperties(settings.getPropertiesComponent().loadProperties());
            context.build();
            try {
                for (Resource file : files(context)) {
                    String text = withoutBeans(file);
                    if (text.lines().anyMatch(line -> line.startsWith("-"))) {
                        PluginHelper.getRoutesLoader(context)
                                .loadRoutes(ResourceHelper.fromString(file.getLocation(), text));
                    }
                }
            } catch (Exception e) {
                throw RouteMistake.in(e, context);
            }
            new RouteCheck(context, List::of).check(true);
        }
    }

    /** The beans' lines are blank, so that each line that stays has its number. */
    private static String withoutBeans(Resource file) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean isBeans = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("-")) {
                    isBeans = line.startsWith("- beans:");
                }
                text.append(isBeans ? "" : line).append('\n');
            }
        }
        return text.toString();
    }

    /** All that are read with these settings. */
    static List<Resource> files(CamelContext camelContext) {
        return files(camelContext, false);
    }

    /** @param withAll also those that are not read, because the setting that they are for is not set */
    static List<Resource> files(CamelContext camelContext, boolean withAll) {
        return new ByName(withAll, false, Set.of())
                .findRouteResourcesFromDirectory(
                        camelContext, null, patterns(Stream.of(ALL)).collect(Collectors.joining(",")));
    }

    /** The addresses of routes that other routes call, as they are written in all files, also in those that are not loaded. */
    private static List<String> inputs(CamelContext camelContext) {
        return files(camelContext).stream()
                .flatMap(RouteFolder::entries)
                .flatMap(Routes::input)
                .toList();
    }

    /** The paths of the webhook, as webhook.camel.yaml and files beside it listen on, such as {@code /mackerel}. */
    public static Set<String> webhookPaths(CamelContext camelContext) {
        return files(camelContext).stream()
                .flatMap(RouteFolder::entries)
                .map(Routes::begins)
                .filter(uri -> uri.startsWith(WEBHOOK))
                .map(uri -> uri.replaceFirst("^" + WEBHOOK + "/*", "/").replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
    }

    private static String begins(Object entry) {
        Object route = RouteFolder.child(entry, "route");
        Object from = RouteFolder.child(route == null ? entry : route, "from");
        return String.valueOf(from instanceof String ? from : RouteFolder.child(from, "uri"));
    }

    private static Stream<String> input(Object entry) {
        Object route = RouteFolder.child(entry, "route");
        Object from = RouteFolder.child(route == null ? entry : route, "from");
        Object uri = from instanceof String ? from : RouteFolder.child(from, "uri");
        Object name = RouteFolder.child(RouteFolder.child(from, "parameters"), "name");
        return Stream.of(name == null ? String.valueOf(uri) : uri + ":" + name)
                .filter(input -> input.startsWith("direct:"));
    }

    private static Stream<String> patterns(Stream<String> files) {
        return files.flatMap(file -> Stream.concat(
                RouteFolder.has(file) ? Stream.of(pattern("file:", file)) : Stream.empty(),
                (file.equals(ALL) ? RouteFolder.IN_THE_JAR.stream() : Stream.of(file))
                        .map(it -> pattern(CLASSPATH, it))));
    }

    private static String pattern(String scheme, String file) {
        return scheme + "routes/" + file + RouteFolder.SUFFIX;
    }

    /**
     * Of each file the one on disk, or else the one in the jar. Camel takes them in the order of the file system, and beans have to be made
     * before those that need them, and before routes.
     */
    private static final class ByName extends DefaultRoutesCollector {

        private final boolean withAll;
        private final boolean asShipped;
        private final Set<String> without;

        /** @param without files of a release that are left out */
        ByName(boolean withAll, boolean asShipped, Set<String> without) {
            this.without = without;
            this.withAll = withAll;
            this.asShipped = asShipped;
        }

        @Override
        public List<Resource> findRouteResourcesFromDirectory(
                CamelContext camelContext, String excludePattern, String includePattern) {
            List<Resource> files = Stream.of(includePattern.split(","))
                    .flatMap(pattern -> {
                        Stream<Resource> found =
                                super.findRouteResourcesFromDirectory(camelContext, excludePattern, pattern).stream();
                        return asShipped
                                ? found
                                : pattern.startsWith(CLASSPATH)
                                        ? RouteFolder.notOnDisk(found, camelContext)
                                        : found.filter(file -> !RouteFolder.isLeftOver(
                                                file.getLocation().replaceFirst("^file:", "")));
                    })
                    .filter(file -> without.stream()
                            .noneMatch(left -> file.getLocation().endsWith(pattern("", left))))
                    .filter(file -> withAll || !RouteFolder.isWithoutItsSetting(file.getLocation(), camelContext))
                    .sorted(Comparator.comparing(ByName::isOfRoutes).thenComparing(Resource::getLocation))
                    .toList();
            Contracts.OF_THIS_RELEASE.check(files);
            return files;
        }

        private static boolean isOfRoutes(Resource file) {
            return !file.getLocation().contains(BEANS);
        }
    }
}
