package dev.mackerelredmine.settings;

/** What is logged. */
@Section(prefix = "log", title = "Log")
public record LogSettings(
        @Setting(
                value = "plain",
                en = "the form of the log: `plain` or `json` ([log](operate.md#log))",
                ja = "ログの形式: `plain` または `json`([ログ](operate.md#ログ))")
        LogForm format) {}
