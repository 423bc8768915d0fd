UPDATE problem SET due_at = :dueAt, failure = :failure, lease = NULL, lease_until = 0 WHERE id = :id AND lease = :lease
