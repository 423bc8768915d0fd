SELECT a.id, a.org, a.alert_key, p.problem_key, a.host, t.issue, a.parked,
  CASE WHEN a.stream = :stream THEN 0 ELSE 1 END AS from_preview,
  CASE WHEN t.issue IS NULL THEN (SELECT COUNT(*) FROM event e WHERE e.alert_id = a.id)
       ELSE (SELECT COUNT(*) FROM event e WHERE e.alert_id = a.id AND e.seq > a.told) END AS untold
FROM alert a
JOIN problem p ON p.id = a.problem_id
LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE a.id = :alertId
