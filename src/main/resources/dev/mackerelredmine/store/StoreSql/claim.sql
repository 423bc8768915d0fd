-- Of two that claim at once, the second passes over the row that the first has locked, where the database can do that; where it
-- cannot, they come one after the other. In either case it finds the lease taken when it comes to the row.
UPDATE problem
SET lease = :lease, lease_until = :leaseUntil
WHERE lease_until <= :now AND due_at <= :now
  AND id = (SELECT id FROM problem
            WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
            ORDER BY urgency, due_at, id LIMIT 1 <skipLocked>)
RETURNING id, problem_key, received, delivered, tries, lease
