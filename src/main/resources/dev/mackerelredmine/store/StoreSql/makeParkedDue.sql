-- As a replay does, of all that are parked for one reason.
UPDATE problem
SET received = received + 1, due_at = :now, waiting_since = COALESCE(waiting_since, :now), tries = 0
WHERE id IN (SELECT problem_id FROM alert WHERE stream = :stream AND parked_cause = :cause AND parked IS NOT NULL)
