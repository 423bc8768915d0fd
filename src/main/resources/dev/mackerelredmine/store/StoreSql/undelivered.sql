SELECT e.alert_id, a.org, a.alert_key, e.seq, e.notification, t.issue, t.begun_at
FROM event e
  JOIN alert a ON a.id = e.alert_id
  LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE e.problem_id = :id AND e.seq > :delivered AND e.seq <= :received
ORDER BY e.seq
