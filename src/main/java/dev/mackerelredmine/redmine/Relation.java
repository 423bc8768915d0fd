package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;

/** A relation of the kind "relates" between two issues. */
@JsonRootName("relation")
public record Relation(@JsonIgnore long issue, @JsonIgnore long other) {

    /** A text, because Redmines older than 4.2.1 take nothing else. */
    @JsonProperty("issue_to_id")
    String issueToId() {
        return Long.toString(other);
    }

    @JsonProperty("relation_type")
    String relationType() {
        return "relates";
    }
}
