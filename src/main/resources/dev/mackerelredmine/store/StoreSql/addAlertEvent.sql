INSERT INTO event (received_at, kind, alert_id, problem_id, seq, channel, notification)
SELECT :now, :kind, a.id, p.id, p.received, :channel, :notification
FROM alert a JOIN problem p ON p.id = a.problem_id
WHERE a.stream = :stream AND a.org = :org AND a.alert_key = :alertKey
