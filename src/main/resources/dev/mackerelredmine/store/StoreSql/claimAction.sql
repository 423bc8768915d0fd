-- As with problems: the second of two that claim at once passes over the row, or finds it taken.
UPDATE action
SET lease_until = :leaseUntil
WHERE lease_until <= :now AND due_at <= :now
  AND id = (SELECT id FROM action
            WHERE stream = :stream AND due_at <= :now AND lease_until <= :now
            ORDER BY due_at, id LIMIT 1 <skipLocked>)
RETURNING id
