-- Of two that claim at once, the second finds that it is not due any more.
UPDATE parked_cause
SET next_at = CASE WHEN since < :longAgo THEN :nextLater ELSE :nextSoon END
WHERE stream = :stream AND next_at <= :now
  AND cause = (SELECT cause FROM parked_cause WHERE stream = :stream AND next_at <= :now ORDER BY next_at, cause LIMIT 1 <skipLocked>)
RETURNING cause
