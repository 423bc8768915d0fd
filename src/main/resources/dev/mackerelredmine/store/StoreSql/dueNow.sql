UPDATE problem SET due_at = :now WHERE stream = :stream AND due_at > :now
