package dev.mackerelredmine.store;

/**
 * A problem that was claimed for delivery.
 *
 * @param received how many of its events had come in when it was claimed; later ones are left to the next delivery
 * @param delivered how many of those are delivered already
 * @param lease under which it was claimed; whoever holds another has lost it
 */
public record Problem(long id, String problemKey, long received, long delivered, int tries, String lease) {}
