SELECT id FROM ticket
WHERE instead = :issue AND problem_id = :id AND issue IS NOT NULL AND gone_at IS NULL
ORDER BY id DESC LIMIT 1
