UPDATE problem
SET due_at = :dueAt, tries = tries + 1, failure = :failure, lease = NULL, lease_until = 0
WHERE id = :id AND lease = :lease
