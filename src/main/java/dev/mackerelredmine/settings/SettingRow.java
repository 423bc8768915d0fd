package dev.mackerelredmine.settings;

import java.lang.reflect.Type;

/**
 * One row of the table of settings.
 *
 * @param name as in application.properties
 * @param type of its value
 * @param defaultValue blank where it has none
 * @param min of a number or a duration
 * @param max of a number
 * @param isRare whether hardly anybody sets it
 * @param en what it is, as Markdown
 * @param ja the same in Japanese
 */
public record SettingRow(
        String name, Type type, String defaultValue, int min, int max, boolean isRare, String en, String ja) {

    /** A family has one setting for each number: {@code redmine.field.NUMBER}. */
    private static final String NUMBER = "NUMBER";

    public boolean isFamily() {
        return name.endsWith(NUMBER);
    }

    public boolean isSecret() {
        return type == Secret.class;
    }

    public String section() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The name of the setting that names a file that holds this secret. */
    public static String fileOf(String secret) {
        return secret + "-file";
    }

    /** The row of that setting. */
    SettingRow file() {
        return new SettingRow(
                fileOf(name),
                String.class,
                "",
                min,
                max,
                isRare,
                "a file that holds it, and nothing else ([secrets](#secrets))",
                "対応する設定の値だけを書いたファイル([シークレット](#シークレット))");
    }
}
