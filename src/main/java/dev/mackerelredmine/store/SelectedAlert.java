package dev.mackerelredmine.store;

import dev.mackerelredmine.figures.Opening;
import dev.mackerelredmine.figures.Subject;

/**
 * An alert of a list, with its names.
 *
 * @param alertKey Mackerel's id of it
 * @param issue Redmine's number of its ticket; null: none
 */
public record SelectedAlert(Opening opening, String alertKey, Long issue, Subject subject) {}
