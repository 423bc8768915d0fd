INSERT INTO parked_cause (stream, cause, since, next_at) VALUES (:stream, :cause, :now, :nextAt)
ON CONFLICT (stream, cause) DO NOTHING
