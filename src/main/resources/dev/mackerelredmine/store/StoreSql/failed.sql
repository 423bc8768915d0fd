-- Redmine failed at what was begun under this lease. From which step on other alerts' tickets are looked at is kept of the first time.
UPDATE ticket
SET failures = failures + 1, failing_since = COALESCE(failing_since, (SELECT COALESCE(MAX(id), 0) FROM step))
WHERE problem_id = :id AND begun_under = :lease
