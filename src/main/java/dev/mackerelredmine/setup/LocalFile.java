package dev.mackerelredmine.setup;

import dev.mackerelredmine.settings.LocalSettings;
import dev.mackerelredmine.settings.SettingNames;
import dev.mackerelredmine.settings.SettingsException;
import dev.mackerelredmine.settings.SettingsText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * local.properties: what init wrote, and what people wrote there. A line of a setting that is given anew is replaced where it stands; all others
 * stay as they are. Its owner writes it, and the service's group reads it: it holds the key.
 */
public final class LocalFile {

    private static final String MODE = "rw-r-----";
    private static final String HEAD =
            "# Written by mackerel-redmine init, and yours to edit. It wins over application.properties.\n";

    private final Path file;
    private final Path ofService;

    /**
     * @param folder of the settings
     * @param ofService a folder that belongs to the group as which the service runs; need not be there
     */
    public LocalFile(Path folder, Path ofService) {
        this.file = folder.resolve(LocalSettings.FILE);
        this.ofService = ofService;
    }

    public Path path() {
        return file.toAbsolutePath();
    }

    /** Names of settings that stand there with another value, and would be replaced. */
    public List<String> conflicts(Map<String, String> settings) {
        Map<String, String> stated = stated();
        return settings.entrySet().stream()
                .filter(setting -> stated.containsKey(setting.getKey())
                        && !setting.getValue().equals(stated.get(setting.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Settings that stand there, by their names. */
    public Map<String, String> stated() {
        Properties stated = SettingsText.properties(file);
        return stated.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> stated.getProperty(name).strip()));
    }

    /** All or nothing. @throws SettingsException where it cannot be written, or a value would be read as another one */
    public void write(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (value.contains("\\") || value.contains("{{")) {
                throw new SettingsException(
                        List.of(name + " holds a backslash or {{, which the file cannot hold as it is: set "
                                + SettingNames.variable(name)));
            }
        });
        String text = with(SettingsText.of(file), settings);
        Path next = file.resolveSibling("." + LocalSettings.FILE + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text);
            share(next);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AccessDeniedException e) {
            throw new SettingsException(List.of(path() + " cannot be written by this user: use sudo"));
        } catch (IOException e) {
            throw new SettingsException(List.of(path() + " cannot be written: " + e.getMessage()));
        }
    }

    private void share(Path next) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (Files.exists(ofService)) {
            GroupPrincipal group =
                    Files.readAttributes(ofService, PosixFileAttributes.class).group();
            if (!view.readAttributes().group().equals(group)) {
                view.setGroup(group);
            }
        }
        view.setPermissions(PosixFilePermissions.fromString(MODE));
    }

    private static String with(String text, Map<String, String> settings) {
        List<String> lines = new ArrayList<>(
                text.isEmpty() ? HEAD.lines().toList() : text.lines().toList());
        settings.forEach((name, value) -> {
            Pattern stated = Pattern.compile("\\s*" + Pattern.quote(name) + "\\s*[=:].*");
            int last = -1;
            for (int i = 0; i < lines.size(); i++) {
                last = stated.matcher(lines.get(i)).matches() ? i : last;
            }
            String line = name + "=" + escaped(value);
            if (last < 0) {
                lines.add(line);
            } else {
                lines.set(last, line);
            }
        });
        return String.join("\n", lines) + "\n";
    }

    private static String escaped(String value) {
        return value.chars()
                .mapToObj(c -> c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
