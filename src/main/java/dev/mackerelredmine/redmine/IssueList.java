package dev.mackerelredmine.redmine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Redmine's answer to a search for issues. Without a list of issues, which is then null, it is not Redmine's. */
@JsonIgnoreProperties(ignoreUnknown = true)
record IssueList(List<Issue> issues) {

    IssueList {
        issues = issues == null ? null : List.copyOf(issues);
    }
}
