package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A method that a route calls by its name alone is the only one of that name: Camel may call another one, with null for what it needs, and
 * not at each start the same.
 */
@Tag("fast")
class BeanCallsTest {

    private static final Pattern BEAN =
            Pattern.compile("- name: (\\w+)\\R +type: (dev[\\w.]+)(?:\\R +factoryMethod: (\\w+))?");
    private static final Pattern CALL = Pattern.compile("ref: (\\w+), method: (\\w+)[},]");

    @Test
    void a_method_that_a_route_names_has_no_second_one_of_its_name() throws Exception {
        Map<String, Class<?>> beans = beans();
        List<String> calls = new ArrayList<>();
        TreeSet<String> ambiguous = new TreeSet<>();
        for (MatchResult call : found(CALL, Path.of("routes"))) {
            Class<?> bean = beans.get(call.group(1));
            if (bean == null) {
                continue;
            }
            calls.add(call.group());
            long methods = Stream.of(bean.getMethods())
                    .filter(method -> !method.isBridge() && method.getName().equals(call.group(2)))
                    .count();
            if (methods != 1) {
                ambiguous.add(bean.getSimpleName() + "." + call.group(2) + ": " + methods);
            }
        }

        assertThat(calls).hasSizeGreaterThan(20);
        assertThat(ambiguous).isEmpty();
    }

    private static Map<String, Class<?>> beans() throws Exception {
        Map<String, Class<?>> beans = new HashMap<>();
        for (MatchResult bean : found(BEAN, Path.of("routes/beans"))) {
            Class<?> type = Class.forName(bean.group(2));
            for (Method method : bean.group(3) == null ? new Method[0] : type.getMethods()) {
                if (method.getName().equals(bean.group(3))) {
                    type = method.getReturnType();
                }
            }
            beans.put(bean.group(1), type);
        }
        return beans;
    }

    private static List<MatchResult> found(Pattern what, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(BeanCallsTest::text)
                    .flatMap(text -> what.matcher(text).results())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
