-- What was begun under an earlier lease stays begun: its outcome is not known yet.
UPDATE ticket
SET begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL, refusals = 0, failures = 0, failing_since = NULL
WHERE problem_id = :id AND begun_under = :lease
