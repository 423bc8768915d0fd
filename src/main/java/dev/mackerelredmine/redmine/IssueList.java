package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Redmine's answer to a search for issues. */
@JsonIgnoreProperties(ignoreUnknown = true)
record IssueList(List<Issue> issues) {

    IssueList {
        issues = issues == null ? List.of() : List.copyOf(issues);
    }
}
