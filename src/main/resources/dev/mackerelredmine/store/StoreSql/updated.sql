-- Whoever comes second finds that it is known already.
UPDATE ticket
SET state = :state, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL, refusals = 0, failures = 0, failing_since = NULL
WHERE id = :ticketId AND begun = :begun
