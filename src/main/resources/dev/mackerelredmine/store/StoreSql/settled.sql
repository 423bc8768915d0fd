-- Redmine answered, so nothing is running there any more: what is not found now was not done.
UPDATE ticket SET begun_at = 0 WHERE problem_id = :id AND begun_under = :lease
