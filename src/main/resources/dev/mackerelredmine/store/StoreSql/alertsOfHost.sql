-- One alert of each ticket: the last one that belongs to it. In the order of their problems, which are locked one after the other.
SELECT a.alert_key, t.state
FROM alert a JOIN ticket t ON t.id = a.ticket_id
WHERE a.id IN (SELECT MAX(id) FROM alert WHERE stream = :stream AND org = :org AND host = :host GROUP BY ticket_id)
  AND t.issue IS NOT NULL AND t.gone_at IS NULL
ORDER BY a.problem_id, a.id
