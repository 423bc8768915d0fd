UPDATE problem
SET due_at = :now, waiting_since = COALESCE(waiting_since, :now), tries = 0, lease = NULL, lease_until = 0
WHERE stream = :stream AND lease_until <= :leasedUpTo
  AND (received > delivered OR id IN (SELECT problem_id FROM alert WHERE parked IS NOT NULL))
