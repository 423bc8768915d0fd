package dev.mackerelredmine.mackerelapi;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next where the next part begins; null where this is the last
 */
record Page<T>(List<T> items, String next) {}
