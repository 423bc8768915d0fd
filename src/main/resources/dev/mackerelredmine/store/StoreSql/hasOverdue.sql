SELECT COUNT(*) > 0 FROM (
  SELECT 1 FROM problem WHERE stream = :stream AND due_at < :before AND lease_until < :before LIMIT 1) overdue
