DELETE FROM problem
WHERE id = :problemId AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.problem_id = :problemId)
