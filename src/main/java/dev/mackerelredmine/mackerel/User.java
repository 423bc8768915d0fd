package dev.mackerelredmine.mackerel;

/**
 * The person who acted: closed an alert by hand, changed a monitor. What is absent is null.
 *
 * @param screenName can be an e-mail address
 */
public record User(String id, String screenName) {}
