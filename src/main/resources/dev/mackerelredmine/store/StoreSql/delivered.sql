UPDATE problem
SET delivered = :received,
    due_at = CASE WHEN received > :received THEN :now END,
    waiting_since = CASE WHEN received > :received THEN
      COALESCE((SELECT MIN(e.received_at) FROM event e WHERE e.problem_id = :id AND e.seq > :received), :now) END,
    urgency = CASE WHEN received > :received THEN urgency ELSE 4 END,
    tries = 0, failure = NULL, lease = NULL, lease_until = 0
WHERE id = :id AND lease = :lease
