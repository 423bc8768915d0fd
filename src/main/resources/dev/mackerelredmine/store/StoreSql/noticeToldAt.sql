SELECT told_at FROM notice WHERE stream = :stream AND kind = :kind AND told_at IS NOT NULL
