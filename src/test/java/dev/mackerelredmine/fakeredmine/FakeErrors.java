package dev.mackerelredmine.fakeredmine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redmine's errors in the language of who is answered. */
final class FakeErrors {

    private static final Map<String, String> JAPANESE_NAMES = Map.ofEntries(
            Map.entry("Subject", "題名"),
            Map.entry("Assignee", "担当者"),
            Map.entry("Category", "カテゴリ"),
            Map.entry("Description", "説明"),
            Map.entry("Due date", "期日"),
            Map.entry("Parent task", "親チケット"),
            Map.entry("Priority", "優先度"),
            Map.entry("Watchers", "ウォッチャー"));

    private static final Map<Pattern, String> JAPANESE = Map.of(
            Pattern.compile("(.*) cannot be blank"), "$1 を入力してください",
            Pattern.compile("(.*) is too long \\(maximum is (\\d+) characters\\)"), "$1 は$2文字以内で入力してください",
            Pattern.compile("(.*) is too short \\(minimum is (\\d+) characters\\)"), "$1 は$2文字以上で入力してください",
            Pattern.compile("An open issue cannot be attached to a closed parent task"),
                    "完了したチケットに未完了の子チケットを追加することはできません",
            Pattern.compile("(.*) is invalid"), "$1 は不正な値です",
            Pattern.compile("(.*) is not included in the list"), "$1 は一覧にありません");

    private FakeErrors() {}

    static String in(String language, String english) {
        return language.equals("en") ? english : japanese(english);
    }

    private static String japanese(String english) {
        return JAPANESE.entrySet().stream()
                .map(it -> Map.entry(it.getKey().matcher(english), it.getValue()))
                .filter(it -> it.getKey().matches())
                .findFirst()
                .map(it -> {
                    Matcher error = it.getKey();
                    String name = JAPANESE_NAMES.getOrDefault(error.group(1), error.group(1));
                    return it.getValue()
                            .replace("$1", name)
                            .replace("$2", error.groupCount() > 1 ? error.group(2) : "");
                })
                .orElseThrow(() -> new UnsupportedOperationException("in Japanese: " + english));
    }
}
