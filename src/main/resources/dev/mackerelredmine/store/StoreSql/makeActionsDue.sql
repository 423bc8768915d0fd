UPDATE action SET due_at = :now, lease_until = 0 WHERE stream = :stream AND lease_until <= :leasedUpTo
