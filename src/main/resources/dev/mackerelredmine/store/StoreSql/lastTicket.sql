SELECT id, issue, state, gone_at, begun_at, begun
FROM ticket
WHERE problem_id = :id AND issue IS NOT NULL AND gone_at IS NULL
ORDER BY id DESC LIMIT 1
