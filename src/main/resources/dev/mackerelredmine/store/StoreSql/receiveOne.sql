-- The row's lock keeps the numbers of a problem's events in the order of their commits. A ticket that is to be created is more
-- urgent than what is to be told of one.
UPDATE problem
SET received = received + 1,
    due_at = COALESCE(due_at, :now),
    waiting_since = COALESCE(waiting_since, :now),
    urgency = (SELECT CASE WHEN problem.urgency <= :urgency + tells THEN problem.urgency ELSE :urgency + tells END
               FROM (SELECT CASE WHEN ticket_id IS NULL THEN 0 ELSE 2 END AS tells
                     FROM alert WHERE stream = :stream AND org = :org AND alert_key = :alertKey) of_this)
WHERE id = (SELECT problem_id FROM alert WHERE stream = :stream AND org = :org AND alert_key = :alertKey)
