package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.mackerelredmine.RouteFiles.Node;
import dev.mackerelredmine.camel.RouteFolder;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.ticket.NextStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What routes refer to exists, and Camel takes them. Those that engineers need not open are written in one form, so that who has read one
 * can read the others.
 */
@Tag("fast")
final class RouteConventionsTest {

    /** As the present needs; a route that wants more is two. */
    private static final int MOST_STEPS = 12;

    private static final long MOST_LINES = 60;

    private static final Set<String> STEPS = Set.of(
            "bean",
            "choice",
            "convertBodyTo",
            "doTry",
            "filter",
            "log",
            "loop",
            "marshal",
            "process",
            "removeHeaders",
            "removeVariable",
            "setBody",
            "setHeader",
            "setVariable",
            "split",
            "throttle",
            "to",
            "toD");
    private static final Set<String> NEED_AN_EXPRESSION = Set.of(
            "continued",
            "filter",
            "handled",
            "loop",
            "setBody",
            "setHeader",
            "setVariable",
            "split",
            "throttle",
            "when");
    private static final Set<String> LANGUAGES = Set.of("constant", "method", "simple");

    /** Steps of which Camel takes a text in place of a map, and the key that the text stands for. */
    private static final Map<String, String> AS_A_TEXT = Map.of(
            "convertBodyTo", "type",
            "log", "message",
            "removeHeaders", "pattern",
            "removeVariable", "name",
            "to", "uri",
            "toD", "uri");

    /** Whose name stands in the address. */
    private static final Set<String> NAMED = Set.of("direct", "seda", "timer");

    private static final Pattern WORKED_OUT = Pattern.compile("addOverrideProperty\\(\\s*\"([^\"]+)\"");

    /** In the list it stands for all that a policy may set. */
    private static final String BY_A_POLICY = "ticket.*";

    private static final Pattern READ = Pattern.compile("\\$\\{variable\\.(\\w+)");
    private static final Pattern SET_BY_JAVA = Pattern.compile("\\.setVariable\\((?:\"([^\"]+)\"|([A-Z_]+)),");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`]+)`");

    /** What only a file that an operator chose to use needs. */
    private static final String VARIABLE = "env";

    private static final Pattern IN_A_LIST = Pattern.compile("\\$\\{variable\\.nextStep} in '([^']+)'");
    private static final Pattern WHOLE_VARIABLE = Pattern.compile("\\$\\{variable\\.\\w+}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([^}:]+)(:[^}]*)?}}");
    private static final Pattern BEAN = Pattern.compile("(?:\\$\\{bean:|#bean:)(\\w+)");

    static List<Node> routes() {
        return RouteFiles.routes(RouteFiles.withExamples());
    }

    /** In files that engineers need not open. What engineers edit is held to names and validity, never to form or length. */
    static List<Node> ofOurForm() {
        return RouteFiles.routes(RouteFiles.ofOurForm());
    }

    @Test
    void the_folder_holds_camel_yaml_only() {
        assertThat(RouteFiles.withExamples())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.toString()).endsWith(".camel.yaml"));
    }

    @Test
    void all_is_read_out_of_the_jar() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("routes"))) {
            assertThat(entries.map(entry -> Files.isDirectory(entry) ? entry.getFileName() + "/*" : name(entry)))
                    .containsExactlyInAnyOrderElementsOf(RouteFolder.IN_THE_JAR);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".camel.yaml", "");
    }

    @Test
    void every_file_begins_with_the_question_that_it_answers() {
        assertThat(RouteFiles.withExamples())
                .allSatisfy(file -> assertThat(RouteFiles.text(file)).startsWith("# "));
    }

    @Test
    void ids_are_there_once() {
        assertThat(RouteFiles.routes()).extracting(Node::key).doesNotHaveDuplicates();
    }

    @Test
    void an_example_is_one_route_in_place_of_another() {
        assertThat(RouteFiles.examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(RouteFiles.routes(List.of(example)))
                        .extracting(Node::key)
                        .singleElement()
                        .isIn("policy", "ticket-changed", "operator"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void has_an_id_that_one_can_say_aloud(Node route) {
        assertThat(route.key()).matches("[a-z]+(-[a-z]+)*");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void says_in_one_sentence_what_it_does(Node route) {
        assertThat(route.text("description")).matches("[A-Z][^.]+");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void is_called_by_its_id(Node route) {
        String address = route.text("from", "uri");
        if (NAMED.stream().anyMatch(kind -> address.startsWith(kind + ":"))) {
            assertThat(address.substring(address.indexOf(':') + 1))
                    .isEqualTo(route.key().replaceFirst("^preview-", "redmine-"));
        }
    }

    @ParameterizedTest
    @MethodSource("ofOurForm")
    void is_short(Node route) {
        assertThat(route.at("from", "steps").items()).hasSizeBetween(1, MOST_STEPS);
        assertThat(RouteFiles.length(route.key())).isLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void a_route_is_in_the_group_of_its_folder() {
        assertThat(RouteFiles.withExamples()).allSatisfy(file -> {
            String folder = file.getParent().getFileName().toString();
            assertThat(RouteFiles.entries(List.of(file), "route"))
                    .allSatisfy(route -> assertThat(route.text("group"))
                            .isEqualTo(RouteFiles.isForEngineers(file) ? "edit" : folder));
        });
    }

    @Test
    void objects_are_made_in_one_folder() {
        assertThat(RouteFiles.all().stream()
                        .filter(file -> RouteFiles.entries(List.of(file), "beans")
                                .findAny()
                                .isPresent()))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.toString()).startsWith("routes/beans/"));
    }

    /** Who copies an example, or writes a route, needs to know of no configuration. */
    @Test
    void what_engineers_edit_names_no_configuration() {
        assertThat(RouteFiles.routes(RouteFiles.examples())).allSatisfy(RouteConventionsTest::namesNoConfiguration);
        assertThat(RouteFiles.routes())
                .filteredOn(route ->
                        Set.of("policy", "ticket-changed", "operator", "notify").contains(route.key()))
                .hasSize(4)
                .allSatisfy(RouteConventionsTest::namesNoConfiguration);
    }

    private static void namesNoConfiguration(Node route) {
        assertThat(route.child("routeConfigurationId")).isEmpty();
    }

    @Test
    void a_preview_answers_what_redmine_does() {
        assertThat(only("redmine")).isNotEmpty().isEqualTo(only("preview"));
    }

    private static Set<String> only(String which) {
        return routes().stream()
                .filter(route -> ("'{{redmine-or-preview}}' == '" + which + "'").equals(route.text("precondition")))
                .map(route -> route.text("from", "uri"))
                .collect(Collectors.toSet());
    }

    @Test
    void each_next_step_has_a_route() {
        List<String> listening =
                routes().stream().map(route -> route.text("from", "uri")).toList();
        assertThat(everything()
                        .filter(node -> node.key().equals("simple"))
                        .map(node -> IN_A_LIST.matcher(node.value().toString()))
                        .filter(Matcher::matches)
                        .flatMap(found -> Stream.of(found.group(1).split(","))))
                .isNotEmpty()
                .allSatisfy(action -> assertThat(listening).contains("direct:ticket-" + action))
                .containsExactlyInAnyOrderElementsOf(Stream.of(NextStep.values())
                        .filter(step -> step != NextStep.NOTHING)
                        .map(NextStep::toString)
                        .toList());
    }

    @Test
    void a_variable_is_sent_and_received_by_the_step_itself() {
        assertThat(inOurForm()
                        .filter(node -> node.key().equals("steps"))
                        .flatMap(steps -> pairs(steps.items().toList())))
                .isNotEmpty()
                .allSatisfy(pair -> {
                    boolean receives =
                            isCall(pair.get(0)) && "${body}".equals(pair.get(1).text("setVariable", "simple"));
                    boolean sends = isCall(pair.get(1))
                            && WHOLE_VARIABLE
                                    .matcher(String.valueOf(pair.get(0).text("setBody", "simple")))
                                    .matches();
                    assertThat(receives || sends)
                            .as(pair.get(0).value() + " " + pair.get(1).value())
                            .isFalse();
                });
    }

    private static Stream<List<Node>> pairs(List<Node> steps) {
        return IntStream.range(1, steps.size()).mapToObj(at -> steps.subList(at - 1, at + 1));
    }

    private static boolean isCall(Node step) {
        return !step.child("to").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void uses_a_configuration_that_exists(Node route) {
        Set<String> configurations = RouteFiles.entries("routeConfiguration")
                .map(configuration -> configuration.text("id"))
                .collect(Collectors.toSet());
        assertThat(route.child("routeConfigurationId"))
                .allSatisfy(configuration -> assertThat(configurations)
                        .contains(configuration.value().toString()));
    }

    @Test
    void steps_are_of_the_kinds_that_we_know() {
        assertThat(inOurForm()
                        .filter(node -> node.key().equals("steps"))
                        .flatMap(Node::items)
                        .flatMap(step -> ((Map<?, ?>) step.value()).keySet().stream()))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(STEPS).contains(kind.toString()));
    }

    @Test
    void addresses_are_a_kind_and_a_name_and_the_rest_is_parameters() {
        assertThat(addresses(inOurForm())).isNotEmpty().allSatisfy(uri -> {
            assertThat(uri).matches("[a-z0-9-]+(:[^?]+)?");
            assertThat(NAMED).doesNotContain(uri);
        });
    }

    @Test
    void a_step_is_a_text_where_that_says_all() {
        assertThat(inOurForm().filter(node -> AS_A_TEXT.containsKey(node.key()) && node.value() instanceof Map))
                .allSatisfy(step -> assertThat(((Map<?, ?>) step.value()).keySet())
                        .as(step.value().toString())
                        .isNotEqualTo(Set.of(AS_A_TEXT.get(step.key()))));
    }

    @Test
    void a_language_is_a_key_of_its_step() {
        assertThat(inOurForm().filter(node -> node.key().equals("expression"))).isEmpty();
        assertThat(inOurForm().filter(node -> NEED_AN_EXPRESSION.contains(node.key()) && node.value() instanceof Map))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(((Map<?, ?>) step.value())
                                .keySet().stream().map(Object::toString).filter(LANGUAGES::contains))
                        .as(step.value().toString())
                        .hasSize(1));
    }

    @Test
    void simple_and_constant_are_a_text_and_a_method_is_a_bean_and_its_name() {
        assertThat(inOurForm()
                        .filter(node -> Set.of("simple", "constant").contains(node.key()))
                        .map(Node::value))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).isInstanceOf(String.class));
        assertThat(inOurForm().filter(node -> node.key().equals("method") && node.value() instanceof Map))
                .isNotEmpty()
                .allSatisfy(method ->
                        assertThat(((Map<?, ?>) method.value()).keySet()).isEqualTo(Set.of("ref", "method")));
    }

    /** Two keys or fewer stand in braces where the line has room for them, more stand below each other. */
    @Test
    void what_is_small_stands_in_one_line() {
        assertThat(RouteFiles.ofOurForm())
                .allSatisfy(file -> assertThat(new RouteLayout(file).mistakes()).isEmpty());
    }

    @Test
    void camels_own_schema_takes_it() {
        JsonSchema schema;
        try (InputStream text = getClass().getClassLoader().getResourceAsStream("schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(RouteFiles.withExamples())
                .allSatisfy(file ->
                        assertThat(schema.validate(RouteFiles.json(file))).isEmpty());
    }

    @Test
    void placeholders_are_settings_that_have_a_value_or_can_do_without() throws IOException {
        Properties withValue = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("application.properties"))) {
            withValue.load(file);
        }
        Set<String> workedOut = workedOut();
        assertThat(everywhere(PLACEHOLDER)).isNotEmpty().allSatisfy(placeholder -> {
            String name = placeholder.group(2);
            if (workedOut.contains(name) || name.equals(VARIABLE)) {
                return;
            }
            boolean canDoWithout = placeholder.group(1).equals("?") || placeholder.group(3) != null;
            assertThat(SettingNames.ALL).contains(name);
            assertThat(canDoWithout || withValue.containsKey(name))
                    .as(placeholder.group() + " has a value")
                    .isTrue();
        });
    }

    @Test
    void what_is_called_exists() {
        Set<String> listening =
                routes().stream().map(route -> route.text("from", "uri")).collect(Collectors.toSet());
        assertThat(addresses(everything())
                        .filter(uri -> uri.startsWith("direct:") || uri.startsWith("seda:"))
                        .filter(uri -> !uri.contains("${")))
                .isNotEmpty()
                .allSatisfy(called -> assertThat(listening).contains(called));
    }

    /** What engineers set of their own is theirs to know. */
    @Test
    void each_variable_that_is_set_is_in_the_list_of_the_docs() throws IOException {
        assertThat(setBy(inOurForm())).isNotEmpty();
        assertThat(setByJava()).isNotEmpty();
        assertThat(Stream.concat(setBy(inOurForm()), setByJava()).toList()).isSubsetOf(firstColumn("Variables"));
    }

    @Test
    void each_variable_in_the_list_of_the_docs_is_set() throws IOException {
        List<String> set = Stream.of(setBy(everything()), setByJava(), Stream.of(BY_A_POLICY))
                .flatMap(names -> names)
                .toList();
        assertThat(firstColumn("Variables")).isNotEmpty().isSubsetOf(set);
    }

    @Test
    void each_variable_that_is_read_is_in_the_list_of_the_docs() throws IOException {
        Set<String> listed = firstColumn("Variables");
        assertThat(inOurForm()
                        .map(Node::value)
                        .filter(String.class::isInstance)
                        .flatMap(text -> READ.matcher((String) text).results())
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(listed).contains(name));
    }

    @Test
    void the_japanese_list_has_the_same_variables() throws IOException {
        assertThat(firstColumn("ja/routes.md", "エクスチェンジの変数")).isEqualTo(firstColumn("Variables"));
    }

    @Test
    void each_placeholder_that_is_worked_out_is_in_the_list_of_the_docs() throws IOException {
        assertThat(firstColumn("Placeholders")).isEqualTo(workedOut());
        assertThat(firstColumn("ja/routes.md", "プレースホルダー")).isEqualTo(workedOut());
    }

    /** What Settings adds when it has checked the others. */
    private static Set<String> workedOut() throws IOException {
        return WORKED_OUT
                .matcher(Files.readString(Path.of("src/main/java/dev/mackerelredmine/settings/Settings.java")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Stream<String> setBy(Stream<Node> nodes) {
        return nodes.flatMap(node -> Stream.of(
                        node.text("setVariable", "name"), node.text("variableReceive"), node.text("removeVariable"))
                .filter(Objects::nonNull)
                .filter(name -> !name.equals("*")));
    }

    private static Stream<String> setByJava() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                SET_BY_JAVA
                        .matcher(text)
                        .results()
                        .forEach(found ->
                                names.add(found.group(1) != null ? found.group(1) : constant(text, found.group(2))));
            }
        }
        return names.stream();
    }

    private static String constant(String text, String name) {
        Matcher constant = Pattern.compile("String " + name + " = \"([^\"]+)\"").matcher(text);
        assertThat(constant.find()).as("the text of " + name).isTrue();
        return constant.group(1);
    }

    /** The names in the first column of the table below a heading of docs/routes.md. */
    private static Set<String> firstColumn(String heading) throws IOException {
        return firstColumn("routes.md", heading);
    }

    private static Set<String> firstColumn(String page, String heading) throws IOException {
        String section = Files.readString(Path.of("docs").resolve(page))
                .replaceFirst("(?s).*\n## " + heading + "\n", "")
                .replaceFirst("(?s)\n## .*", "");
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^\\|([^|]+)\\|.*", "$1"))
                .flatMap(cell -> IN_BACKTICKS.matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void beans_exist() {
        Set<String> beans = RouteFiles.entries(RouteFiles.withExamples(), "beans")
                .flatMap(Node::items)
                .map(bean -> bean.text("name"))
                .collect(Collectors.toSet());
        Stream<String> byRef = everything()
                .filter(node -> node.key().equals("ref") || node.key().endsWith("Ref"))
                .map(node -> node.value().toString());
        Stream<String> byText = everywhere(BEAN).map(found -> found.group(1));
        assertThat(Stream.concat(byRef, byText))
                .isNotEmpty()
                .allSatisfy(bean -> assertThat(beans).contains(bean));
    }

    /** Camel makes all beans twice at start, in their order: a bean above one that it needs would keep that one's first edition. */
    @Test
    void beans_stand_below_those_they_need() {
        List<String> above = new ArrayList<>();
        RouteFiles.entries("beans").flatMap(Node::items).forEach(bean -> {
            assertThat(bean.all()
                            .map(Node::value)
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(text -> text.startsWith("#bean:")))
                    .as(bean.text("name"))
                    .allSatisfy(needed -> assertThat(above).contains(needed.substring("#bean:".length())));
            above.add(bean.text("name"));
        });
        assertThat(above).isNotEmpty();
    }

    private static Stream<Node> everything() {
        return everythingOf(RouteFiles.withExamples());
    }

    private static Stream<Node> inOurForm() {
        return everythingOf(RouteFiles.ofOurForm());
    }

    private static Stream<Node> everythingOf(List<Path> files) {
        return Stream.of("route", "routeConfiguration", "beans")
                .flatMap(kind -> RouteFiles.entries(files, kind))
                .flatMap(Node::all);
    }

    private static Stream<MatchResult> everywhere(Pattern pattern) {
        return everything()
                .map(Node::value)
                .filter(String.class::isInstance)
                .flatMap(text -> pattern.matcher((String) text).results());
    }

    private static Stream<String> addresses(Stream<Node> nodes) {
        return nodes.filter(
                        node -> node.key().equals("uri") || node.key().equals("to") && node.value() instanceof String)
                .map(node -> node.value().toString());
    }
}
