SELECT COALESCE(SUM(received - delivered), 0) FROM problem WHERE stream = :stream
