SELECT e.alert_id, a.org, a.alert_key, e.seq, e.notification, t.issue, t.begun_at
FROM event e
  JOIN alert a ON a.id = e.alert_id
  LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE e.problem_id = :id AND e.seq > :delivered AND e.seq <= :received
UNION
-- What is parked has no ticket, so nothing of it is delivered.
SELECT e.alert_id, a.org, a.alert_key, e.seq, e.notification, t.issue, t.begun_at
FROM alert a
  JOIN event e ON e.alert_id = a.id
  LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE a.problem_id = :id AND a.parked IS NOT NULL AND e.seq <= :delivered
ORDER BY seq
