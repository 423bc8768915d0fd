SELECT COUNT(*) FROM problem WHERE stream = :stream AND due_at IS NOT NULL
