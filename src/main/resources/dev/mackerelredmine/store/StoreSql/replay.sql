-- It counts as something that came in: so a delivery that is under way does not take it for done, and the next start finds it.
UPDATE problem
SET received = received + 1, due_at = :now, waiting_since = COALESCE(waiting_since, :now), tries = 0
WHERE id = (SELECT problem_id FROM alert WHERE id = :alertId)
