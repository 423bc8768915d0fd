package dev.mackerelredmine.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of the settings: what is wrong with them, and the typed records that are made of them. */
public final class SettingValues {

    private static final Map<String, SettingRow> ROWS =
            SettingTable.rows().stream().collect(Collectors.toMap(SettingRow::name, Function.identity()));

    private final Function<String, Optional<String>> texts;
    private final Supplier<Map<Long, String>> fields;

    /**
     * @param texts the text of a setting by its name; empty where it has none
     * @param fields the values of redmine.field.NUMBER by their numbers
     */
    public SettingValues(Function<String, Optional<String>> texts, Supplier<Map<Long, String>> fields) {
        this.texts = texts;
        this.fields = fields;
    }

    /** What is wrong with a single setting, by its name, and without its name: {@code is "x", not true or false}. */
    public Map<String, String> problems() {
        return SettingTable.rows().stream()
                .filter(row -> !row.isFamily())
                .flatMap(row -> problem(row).map(problem -> Map.entry(row.name(), problem)).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private Optional<String> problem(SettingRow row) {
        String text = texts.apply(row.name()).orElse("");
        if (text.isEmpty() && (row.defaultValue().isEmpty() || row.type() == String.class)) {
            return Optional.empty();
        }
        try {
            SettingKinds.read(row, text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("is \"" + text + "\", " + e.getMessage());
        }
    }

    /** A setting that is wrong counts as its default, so that all else can be checked: {@link #problems} tells of it. */
    public <T extends Record> T of(Class<T> section) {
        return of(section, SettingTable.prefix(section));
    }

    private <T> T of(Class<T> record, String prefix) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            values.add(value(component, prefix + SettingTable.name(component)));
        }
        return made(record, values);
    }

    private Object value(RecordComponent component, String name) {
        if (component.getAnnotation(Setting.class) == null) {
            return of(component.getType(), name + ".");
        }
        if (component.getType() == Map.class) {
            return fields.get();
        }
        SettingRow row = ROWS.get(name);
        Object none = component.getType() == Set.class ? Set.of() : null;
        return texts.apply(name).flatMap(text -> read(row, text)).orElse(none);
    }

    private static Optional<Object> read(SettingRow row, String text) {
        try {
            return Optional.of(SettingKinds.read(row, text));
        } catch (IllegalArgumentException wrong) {
            return row.defaultValue().isEmpty()
                    ? Optional.empty()
                    : Optional.of(SettingKinds.read(row, row.defaultValue()));
        }
    }

    private static <T> T made(Class<T> record, List<Object> values) {
        try {
            Class<?>[] types = Stream.of(record.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<T> constructor = record.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
