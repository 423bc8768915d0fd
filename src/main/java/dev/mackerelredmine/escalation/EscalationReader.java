package dev.mackerelredmine.escalation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads escalation.yaml, and says all that is wrong in it, with line numbers, at once. */
public final class EscalationReader {

    private static final int MOST_BYTES = 1_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> KEYS = List.of("rotas", "people", "policies");

    private final UnaryOperator<String> placeholders;
    private final Set<String> means;
    private final IcalRotas icals;

    /**
     * @param placeholders replaces {@code {{env:NAME}}} and other placeholders in a text, as Camel does; it throws
     *     {@link IllegalArgumentException} where one cannot be resolved
     * @param means all that notify.camel.yaml knows
     * @param icals makes the rotas that stand in calendars; it throws {@link IllegalArgumentException} where one cannot be made
     */
    public EscalationReader(UnaryOperator<String> placeholders, Set<String> means, IcalRotas icals) {
        this.placeholders = placeholders;
        this.means = Set.copyOf(means);
        this.icals = icals;
    }

    /** @throws EscalationFileException that names every mistake with its line */
    public EscalationFile read(Path file) {
        Mistakes mistakes = new Mistakes(String.valueOf(file.getFileName()));
        Node root = root(text(file, mistakes), mistakes);
        EscalationFile read = new Reading(mistakes).file(root);
        mistakes.end();
        return read;
    }

    private static String text(Path file, Mistakes mistakes) {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw mistakes.ofFile("there is no file " + file.toAbsolutePath());
        } catch (AccessDeniedException e) {
            throw mistakes.ofFile("this user may not read " + file.toAbsolutePath());
        } catch (IOException e) {
            throw mistakes.ofFile(file.toAbsolutePath() + " is not a file that can be read");
        }
        if (bytes.length > MOST_BYTES) {
            throw mistakes.ofFile("it is larger than 1 MB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw mistakes.ofFile("it is not a text in UTF-8");
        }
    }

    /** YAML's own reader fails in many ways on what is no YAML, and one of them is a stack that is too small for what is too deep. */
    private static Node root(String text, Mistakes mistakes) {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            mistakes.add(line, "is not YAML: " + e.getProblem());
            mistakes.end();
            throw e;
        } catch (RuntimeException e) {
            throw mistakes.ofFile("it is not YAML, or has too many aliases: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw mistakes.ofFile("it is not YAML that can be read: its parts stand too deep within each other");
        }
        return root.orElseThrow(() -> mistakes.ofFile("it is empty: write policies, or unset escalation.file"));
    }

    /** Of one file. */
    private final class Reading {

        private final Mistakes mistakes;
        private final YamlTexts texts;
        private final YamlValues values;

        Reading(Mistakes mistakes) {
            this.mistakes = mistakes;
            this.texts = new YamlTexts(placeholders, mistakes);
            this.values = new YamlValues(texts, mistakes);
        }

        EscalationFile file(Node root) {
            YamlMap all = YamlMap.of("the file", root, KEYS, mistakes);
            YamlMap rotas = part(all.value("rotas"), "rotas");
            YamlMap people = part(all.value("people"), "people");
            YamlMap policies = part(all.required("policies", "{critical-alerts: {steps: [...]}}"), "policies");
            return new EscalationFile(
                    rotas == null ? Map.of() : rotas(rotas),
                    people == null ? Map.of() : people(people),
                    policies == null ? Map.of() : policies(policies, rotas == null ? Set.of() : rotas.names()));
        }

        private YamlMap part(Optional<Node> node, String name) {
            return node.map(it -> YamlMap.ofNames(name, it, mistakes)).orElse(null);
        }

        private Map<String, Rota> rotas(YamlMap rotas) {
            RotaReader reader = new RotaReader(icals, texts, values, mistakes);
            Map<String, Rota> read = new LinkedHashMap<>();
            rotas.names()
                    .forEach(name ->
                            reader.read(name, rotas.value(name).orElseThrow()).ifPresent(rota -> read.put(name, rota)));
            return read;
        }

        private Map<String, Person> people(YamlMap people) {
            Map<String, Person> read = new LinkedHashMap<>();
            people.names()
                    .forEach(name -> read.put(
                            name,
                            new Person(name, contacts(name, people.value(name).orElseThrow()))));
            return read;
        }

        private Map<String, String> contacts(String person, Node node) {
            YamlMap contacts = YamlMap.ofNames(person, node, mistakes);
            Map<String, String> read = new LinkedHashMap<>();
            for (String name : contacts.names()) {
                if (!means.contains(name)) {
                    mistakes.add(contacts.key(name), EscalationPolicyReader.unknownMeans(name, means));
                }
                texts.text(name + " of " + person, contacts.value(name).orElseThrow())
                        .filter(contact -> !contact.value().isEmpty())
                        .ifPresent(contact -> read.put(name, contact.value()));
            }
            return read;
        }

        private Map<String, EscalationPolicy> policies(YamlMap policies, Set<String> rotas) {
            policies.requireOne();
            EscalationPolicyReader reader = new EscalationPolicyReader(rotas, means, texts, values, mistakes);
            Map<String, EscalationPolicy> read = new LinkedHashMap<>();
            policies.names()
                    .forEach(name -> read.put(
                            name, reader.read(name, policies.value(name).orElseThrow())));
            return read;
        }
    }
}
