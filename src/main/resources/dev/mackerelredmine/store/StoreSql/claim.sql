-- Of two that claim the same problem at once, the second finds the lease taken when it comes to the row, and gets none.
UPDATE problem
SET lease = :lease, lease_until = :leaseUntil
WHERE lease_until <= :now AND due_at <= :now
  AND id = (SELECT id FROM problem
            WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
            ORDER BY due_at, id LIMIT 1)
RETURNING id, problem_key, received, delivered, tries, lease
