-- The row's lock keeps the numbers of a problem's events in the order of their commits.
UPDATE problem
SET received = received + 1, due_at = COALESCE(due_at, :now), waiting_since = COALESCE(waiting_since, :now)
WHERE id = (SELECT problem_id FROM alert WHERE stream = :stream AND org = :org AND alert_key = :alertKey)
