package dev.mackerelredmine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.DeliveryException;

/** What Redmine answers to GET. */
@FunctionalInterface
interface RedmineReads {

    JsonNode get(String path, String query) throws DeliveryException;
}
