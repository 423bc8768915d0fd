package dev.mackerelredmine.webhook.gate;

import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses in X-Forwarded-For or Forwarded (RFC 7239), the nearest proxy's first. Something that is not an address is an empty entry,
 * and so is a line that does not have the header's form.
 */
final class ForwardedFor {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** A parameter, or none, and what follows it. Nothing is escaped in quotes: no address needs that. */
    private static final Pattern PARAMETER = Pattern.compile("\\G[ \\t]*+(?:(?<name>" + TOKEN + ")=(?:(?<token>" + TOKEN
            + ")|\"(?<quoted>[^\"\\\\]*+)\"))?[ \\t]*+(?<end>[;,]|\\z)");

    private static final String PORT = "(?::\\d{1,5})?";
    private static final Pattern NODE =
            Pattern.compile("(?<v4>[0-9.]+)" + PORT + "|\\[(?<v6>[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*)]" + PORT);

    private ForwardedFor() {}

    /** Of each of the two headers that is there. */
    static Stream<List<Optional<InetAddress>>> in(MultiMap headers) {
        return Stream.of(
                        headers.getAll("X-Forwarded-For").stream().flatMap(ForwardedFor::listed),
                        headers.getAll("Forwarded").stream().flatMap(ForwardedFor::elements))
                .map(words -> nearestFirst(words.toList()))
                .filter(words -> !words.isEmpty());
    }

    private static <T> List<T> nearestFirst(List<T> words) {
        List<T> reversed = new ArrayList<>(words);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Stream<Optional<InetAddress>> listed(String line) {
        return Stream.of(line.split(",", -1))
                .map(String::strip)
                .map(word -> Address.of(word).or(() -> node(word)));
    }

    private static Stream<Optional<InetAddress>> elements(String line) {
        List<Optional<InetAddress>> elements = new ArrayList<>();
        List<String> ofElement = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(line);
        while (parameter.find()) {
            if ("for".equalsIgnoreCase(parameter.group("name"))) {
                ofElement.add(value(parameter));
            }
            if (!parameter.group("end").equals(";")) {
                elements.add(ofElement.size() == 1 ? node(ofElement.get(0)) : Optional.empty());
                ofElement.clear();
            }
            if (parameter.group("end").isEmpty()) {
                return elements.stream();
            }
        }
        return Stream.of(Optional.empty());
    }

    private static String value(Matcher parameter) {
        String token = parameter.group("token");
        return token == null ? parameter.group("quoted") : token;
    }

    /** An address with or without a port; one of IPv6 stands in brackets. */
    private static Optional<InetAddress> node(String word) {
        Matcher node = NODE.matcher(word);
        if (!node.matches()) {
            return Optional.empty();
        }
        return Address.of(node.group("v4") == null ? node.group("v6") : node.group("v4"));
    }
}
