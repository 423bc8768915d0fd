package dev.mackerelredmine.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A text file that a setting names. An error has the names of both, and never what they contain. */
public record SettingFile(String setting, String name) {

    String text() {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | IllegalArgumentException e) {
            throw refuse(why(e));
        }
    }

    private static String why(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return "may not be read by this user";
        }
        return failure instanceof CharacterCodingException
                ? "is not a text in UTF-8"
                : "is not a file that can be read";
    }

    /** What has no slash may be a secret itself, put where the name of its file belongs. */
    SettingsException refuse(String why) {
        return new SettingsException(List.of(SettingNames.both(setting) + " names "
                + (name.contains("/") ? name : "a file in the working folder") + ", which " + why));
    }
}
