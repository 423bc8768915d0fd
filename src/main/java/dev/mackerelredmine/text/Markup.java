package dev.mackerelredmine.text;

/**
 * Text that is already in Redmine's text format, such as a link's address, and is filled in as it is.
 *
 * @param plain the same for a subject, which has no format
 */
public record Markup(String text, String plain) {}
