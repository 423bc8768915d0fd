package dev.mackerelredmine.store;

/**
 * A row of {@link ReplaySql#alertNamed} or {@link ReplaySql#alertsAnywhere}: the rest is as {@link AlertRecord.Delivery} has it.
 */
record NamedAlert(
        long id,
        String org,
        String stream,
        String parked,
        Long parkedAt,
        String failure,
        int tries,
        Long waitingSince,
        Long nextAt,
        long leaseUntil) {

    boolean isFromPreview() {
        return !stream.equals("redmine");
    }

    AlertRecord.Delivery delivery() {
        return new AlertRecord.Delivery(parked, parkedAt, failure, tries, waitingSince, nextAt, leaseUntil);
    }
}
