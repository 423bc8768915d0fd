DELETE FROM notice WHERE stream = :stream AND kind = :kind
