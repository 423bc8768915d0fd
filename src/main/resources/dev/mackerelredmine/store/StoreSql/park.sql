-- An event that came in meanwhile is reason enough to try once more.
UPDATE problem
SET due_at = CASE WHEN received > :received THEN :now END,
    tries = tries + 1, failure = :failure, lease = NULL, lease_until = 0
WHERE id = :id AND lease = :lease
