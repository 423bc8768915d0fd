package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** A file that was uploaded before, and is now to be attached; its token can be used once. */
@JsonNaming(SnakeCaseStrategy.class)
public record Upload(String token, String filename, String contentType) {

    /** Stands for a file that Redmine did not take. */
    public static final Upload LOST = new Upload(null, null, null);
}
