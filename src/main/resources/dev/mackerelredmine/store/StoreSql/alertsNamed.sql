SELECT a.id, a.org, a.parked, c.next_at AS parked_until, p.failure, a.stream
FROM alert a JOIN problem p ON p.id = a.problem_id
LEFT JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause AND a.parked IS NOT NULL
WHERE a.stream = :stream AND a.alert_key = :alertKey
ORDER BY a.id
