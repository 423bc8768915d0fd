INSERT INTO problem (stream, problem_key) VALUES (:stream, :problemKey)
ON CONFLICT (stream, problem_key) DO NOTHING
