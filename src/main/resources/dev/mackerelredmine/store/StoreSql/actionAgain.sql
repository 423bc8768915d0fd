UPDATE action SET due_at = :dueAt, tries = tries + 1, failure = :failure, lease_until = 0 WHERE id = :id
