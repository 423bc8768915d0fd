package dev.mackerelredmine.escalation;

/**
 * Who is notified by what.
 *
 * @param person a person's or a group's name, as Redmine shows it
 * @param means such as {@code slack}
 * @param contact that person's address for the means; null where there is none and the means is {@code redmine}
 * @param isGroup whether it is a group of Redmine
 */
public record Recipient(String person, String means, String contact, boolean isGroup) {}
