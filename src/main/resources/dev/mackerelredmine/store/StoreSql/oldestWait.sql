SELECT MIN(waiting_since) FROM problem WHERE stream = :stream AND waiting_since IS NOT NULL
