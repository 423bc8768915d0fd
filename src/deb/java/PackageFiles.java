import dev.mackerelredmine.Application;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Makes the files of the Debian package that follow from others: man pages and completion from the command line, the packaged settings from
 * application.properties, and the changelogs. The build runs it as one file, as does its test: nothing of it is in the jar.
 */
final class PackageFiles {

    private static final String STORE = "store.url=jdbc:sqlite:data/mackerel-redmine.db";
    private static final String PACKAGED_STORE = "store.url=jdbc:sqlite:/var/lib/mackerel-redmine/mackerel-redmine.db";

    private PackageFiles() {}

    /** Into a folder, of a version, at a time such as {@code 2026-11-22T00:00:00Z}. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String version = arguments[1];
        OffsetDateTime time = OffsetDateTime.parse(arguments[2]);
        CommandLine command = new CommandLine(Application.class);

        for (CommandSpec each : commands(command.getCommandSpec()).toList()) {
            write(folder, "man/" + ManPage.name(each) + ".1.gz", gzip(new ManPage(each, version, time).text()));
        }
        write(folder, "bash/mackerel-redmine", utf8(bash(AutoComplete.bash("mackerel-redmine", command))));
        write(folder, "zsh/_mackerel-redmine", utf8(new ZshCompletion(command.getCommandSpec()).text()));
        write(
                folder,
                "etc/application.properties",
                utf8(settings(Files.readString(Path.of("application.properties")))));
        write(folder, "doc/changelog.gz", gzip(Files.readString(Path.of("CHANGELOG.md"))));
        write(folder, "doc/changelog.Debian.gz", gzip(changelog(version, time)));
    }

    /** With its subcommands and theirs, less the hidden ones. */
    static Stream<CommandSpec> commands(CommandSpec command) {
        return Stream.concat(Stream.of(command), shown(command).flatMap(PackageFiles::commands));
    }

    static Stream<CommandSpec> shown(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden());
    }

    /** It is read by a shell, and not run. */
    private static String bash(String script) {
        return script.replaceFirst("^#!.*\\R", "");
    }

    private static String settings(String ofTheSources) {
        String packaged = ofTheSources.replace("\n" + STORE + "\n", "\n" + PACKAGED_STORE + "\n");
        if (packaged.equals(ofTheSources)) {
            throw new IllegalStateException("application.properties has no line " + STORE);
        }
        return packaged;
    }

    private static String changelog(String version, OffsetDateTime time) throws IOException {
        String maintainer = Files.readAllLines(Path.of("src/deb/control/control")).stream()
                .filter(line -> line.startsWith("Maintainer: "))
                .map(line -> line.substring("Maintainer: ".length()))
                .findFirst()
                .orElseThrow();
        return "mackerel-redmine (" + version + "-1) unstable; urgency=medium\n\n  * Release " + version
                + ": see changelog.gz.\n\n -- " + maintainer + "  "
                + time.format(DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT)) + "\n";
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Without a time, and with the mark of the best compression, which java.util.zip does not set and Debian asks for. */
    private static byte[] gzip(String text) throws IOException {
        byte[] plain = utf8(text);
        CRC32 sum = new CRC32();
        sum.update(plain);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(new byte[] {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 2, 3});
        Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(packed, best)) {
            deflated.write(plain);
        }
        best.end();
        ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        packed.write(end.putInt((int) sum.getValue()).putInt(plain.length).array());
        return packed.toByteArray();
    }

    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}

/** What picocli knows of a command, in roff. */
final class ManPage {

    private final CommandSpec command;
    private final String version;
    private final OffsetDateTime time;

    ManPage(CommandSpec command, String version, OffsetDateTime time) {
        this.command = command;
        this.version = version;
        this.time = time;
    }

    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    String text() {
        UsageMessageSpec usage = command.usageMessage();
        String[] description = usage.description();
        List<String> lines = new ArrayList<>();
        lines.add(".TH " + name(command).toUpperCase(Locale.ROOT) + " 1 " + time.toLocalDate() + " \"mackerel-redmine "
                + version + "\" \"User Commands\"");
        lines.add(".SH NAME");
        lines.add(escaped(name(command)) + " \\- " + escaped(summary(command)));
        lines.add(".SH SYNOPSIS");
        lines.add(escaped(synopsis()));
        lines.add(".SH DESCRIPTION");
        lines.add(Arrays.stream(description).map(ManPage::escaped).collect(Collectors.joining("\n.PP\n")));
        lines.add(".SH OPTIONS");
        command.positionalParameters().stream()
                .filter(each -> !each.hidden())
                .forEach(each -> item(lines, each.paramLabel(), each));
        command.options().stream().filter(each -> !each.hidden()).forEach(each -> item(lines, names(each), each));
        List<CommandSpec> commands = PackageFiles.shown(command).toList();
        if (!commands.isEmpty()) {
            lines.add(".SH COMMANDS");
            commands.forEach(each ->
                    lines.addAll(List.of(".TP", ".BR " + escaped(name(each)) + " (1)", escaped(summary(each)))));
        }
        if (usage.footer().length > 0) {
            lines.add(".SH NOTES");
            lines.add(escaped(String.join("\n", usage.footer()).strip()).replace("\n\n", "\n.PP\n"));
        }
        files(lines);
        lines.add(".SH SEE ALSO");
        lines.add((command.parent() == null ? "" : ".BR " + escaped(name(command.parent())) + " (1),\n")
                + "/usr/share/doc/mackerel\\-redmine/README.md");
        return String.join("\n", lines) + "\n";
    }

    private static void files(List<String> lines) {
        lines.add(".SH FILES");
        List.of(
                        List.of("/etc/mackerel-redmine/application.properties", "the settings"),
                        List.of("/etc/mackerel-redmine/local.properties", "those that init wrote, which count before"),
                        List.of(
                                "/etc/mackerel-redmine.env",
                                "settings as variables, which count before; need not be there"),
                        List.of("/etc/mackerel-redmine/routes/, texts/", "the routes and texts that may be edited"),
                        List.of("/var/lib/mackerel-redmine/", "what came in, and what was done"),
                        List.of("/var/cache/mackerel-redmine/", "a file of Java's that makes a start faster"))
                .forEach(each -> lines.addAll(List.of(".TP", ".I " + escaped(each.get(0)), escaped(each.get(1)))));
    }

    private String synopsis() {
        return new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static void item(List<String> lines, String label, ArgSpec argument) {
        lines.add(".TP");
        lines.add(".B " + escaped(label));
        lines.add(escaped(String.join(" ", argument.description())));
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return String.join(", ", option.names()) + value;
    }

    /** The first sentence. */
    static String summary(CommandSpec command) {
        return firstSentence(command.usageMessage().description());
    }

    static String firstSentence(String... text) {
        return String.join(" ", text).replaceFirst("(?s)[.:;] .*|\\.$", "");
    }

    /** A line that begins with a dot or an apostrophe would be a request of roff's. */
    private static String escaped(String text) {
        return text.replace("%n", "\n")
                .replace("%%", "%")
                .replace("\\", "\\e")
                .replace("-", "\\-")
                .replaceAll("(?m)^(?=[.'])", "\\\\&");
    }
}

/** For zsh's own completion, which shows what each word does. */
final class ZshCompletion {

    private final CommandSpec command;

    ZshCompletion(CommandSpec command) {
        this.command = command;
    }

    String text() {
        List<CommandSpec> commands = PackageFiles.shown(command).toList();
        String described = commands.stream()
                .map(each -> each.name() + ":" + ManPage.summary(each).replace(":", "\\:"))
                .map(ZshCompletion::quoted)
                .collect(Collectors.joining(" "));
        String each = commands.stream()
                .map(one -> "      " + one.name() + ") _arguments" + arguments(one) + " ;;\n")
                .collect(Collectors.joining());
        return """
                #compdef mackerel-redmine
                local curcontext="$curcontext" state line
                local -a commands=(%s)
                typeset -A opt_args
                _arguments -C%s '1: :->command' '*:: :->argument'
                case $state in
                  command) _describe command commands ;;
                  argument)
                    case $words[1] in
                %s    esac
                    ;;
                esac
                """.formatted(described, arguments(command), each);
    }

    /** Of a command that has commands of its own, with theirs. */
    private static String arguments(CommandSpec command) {
        boolean isFirst = command.parent() == null;
        List<CommandSpec> all = (isFirst ? Stream.of(command) : PackageFiles.commands(command)).toList();
        String ofItsOwn = isFirst
                ? ""
                : PackageFiles.shown(command).map(CommandSpec::name).collect(Collectors.joining(" "));
        Stream<String> options = all.stream()
                .flatMap(each -> each.options().stream())
                .filter(each -> !each.hidden())
                .flatMap(each -> Arrays.stream(each.names()).map(name -> option(name, each)));
        Stream<String> words = ofItsOwn.isEmpty() ? Stream.of() : Stream.of("1:COMMAND:(" + ofItsOwn + ")");
        Stream<String> parameters = all.stream()
                .flatMap(each -> each.positionalParameters().stream())
                .map(each -> "*:" + each.paramLabel() + ":" + (each.paramLabel().equals("FILE") ? "_files" : " "));
        return Stream.of(options, words, parameters)
                .flatMap(each -> each)
                .distinct()
                .map(each -> " " + quoted(each))
                .collect(Collectors.joining());
    }

    private static String option(String name, OptionSpec option) {
        String text = "[" + ManPage.firstSentence(option.description()).replaceAll("([\\[\\]:])", "\\\\$1") + "]";
        return option.arity().max() == 0 ? name + text : name + "=" + text + ":" + option.paramLabel() + ": ";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
