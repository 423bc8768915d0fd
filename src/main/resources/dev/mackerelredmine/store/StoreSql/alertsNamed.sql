SELECT a.id, a.org, a.parked, p.failure, a.stream
FROM alert a JOIN problem p ON p.id = a.problem_id
WHERE a.stream = :stream AND a.alert_key = :alertKey
ORDER BY a.id
