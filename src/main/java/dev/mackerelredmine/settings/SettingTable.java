package dev.mackerelredmine.settings;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All settings, in the order in which people read them. A new one is a component of one of these records. */
public final class SettingTable {

    static final List<Class<? extends Record>> SECTIONS = List.of(
            RedmineSettings.class,
            TicketSettings.class,
            DeliverySettings.class,
            GateSettings.class,
            MackerelSettings.class,
            EscalationSettings.class,
            IncidentSettings.class,
            NotifySettings.class,
            ServerSettings.class,
            ManagementSettings.class,
            StoreSettings.class,
            ReportSettings.class,
            LogSettings.class);

    /** Names that settings had in earlier releases, and the name that each has now. */
    private static final Map<String, String> RENAMED = new TreeMap<>(Map.of(
            "delivery.first-retry", "delivery.initial-backoff",
            "delivery.longest-retry", "delivery.max-backoff",
            "delivery.look-every", "delivery.poll-interval",
            "redmine.settle", "redmine.settle-time",
            "store.keep", "store.retention"));

    private static final List<SettingRow> ROWS = SECTIONS.stream()
            .flatMap(section -> rows(section, prefix(section)))
            .flatMap(row -> row.isSecret() ? Stream.of(row, row.file()) : Stream.of(row))
            .toList();

    private SettingTable() {}

    public static List<SettingRow> rows() {
        return ROWS;
    }

    /** The name that a setting has now, of which this was the name in an earlier release. */
    public static Optional<String> renamed(String name) {
        return Optional.ofNullable(RENAMED.get(name));
    }

    public static List<String> oldNames() {
        return List.copyOf(RENAMED.keySet());
    }

    /** The title of a section, by what its settings' names begin with. */
    public static String title(String prefix) {
        return SECTIONS.stream()
                .map(section -> section.getAnnotation(Section.class))
                .filter(section -> section.prefix().equals(prefix))
                .map(Section::title)
                .findFirst()
                .orElseThrow();
    }

    static String prefix(Class<?> section) {
        return section.getAnnotation(Section.class).prefix() + ".";
    }

    private static Stream<SettingRow> rows(Class<?> record, String prefix) {
        return Stream.of(record.getRecordComponents()).flatMap(component -> {
            String name = prefix + name(component);
            Setting setting = component.getAnnotation(Setting.class);
            return setting == null ? rows(component.getType(), name + ".") : Stream.of(row(name, component, setting));
        });
    }

    private static SettingRow row(String name, RecordComponent component, Setting setting) {
        boolean isFamily = component.getType() == Map.class;
        return new SettingRow(
                isFamily ? name + ".NUMBER" : name,
                component.getGenericType(),
                setting.value(),
                setting.min(),
                setting.max(),
                setting.rare(),
                setting.en(),
                setting.ja());
    }

    /** {@code pollInterval} is {@code poll-interval}. */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
