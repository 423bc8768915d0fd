-- What was begun under an earlier lease stays begun: its outcome is not known yet.
UPDATE ticket SET begun_at = NULL, begun_under = NULL
WHERE problem_id = :id AND issue IS NULL AND begun_under = :lease
