package dev.mackerelredmine.mackerel;

/**
 * What a host does in a service. What is absent is null: before 2015 only the full name and the links were sent.
 *
 * @param fullname service and role, as in {@code Shop: web}
 */
public record Role(String fullname, String serviceName, String serviceUrl, String roleName, String roleUrl) {}
