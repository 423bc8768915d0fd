-- What waits for its next try comes then anyway. Nothing came in, so nothing counts as waiting.
UPDATE problem
SET due_at = :now, urgency = CASE WHEN EXISTS (
    SELECT 1 FROM alert u WHERE u.problem_id = problem.id AND u.parked_cause = :cause AND u.parked_urgent) THEN 0 ELSE 1 END
WHERE due_at IS NULL
  AND id IN (SELECT problem_id FROM alert WHERE stream = :stream AND parked_cause = :cause AND parked IS NOT NULL)
