UPDATE action SET due_at = :now WHERE stream = :stream AND lease_until <= :now
