-- Redmine answered, so nothing is running there any more: what is not found now was not created.
UPDATE ticket SET begun_at = 0
WHERE problem_id = :id AND issue IS NULL AND begun_under = :lease
