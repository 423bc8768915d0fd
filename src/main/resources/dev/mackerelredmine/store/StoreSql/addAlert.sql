INSERT INTO alert (stream, org, alert_key, problem_id, host)
SELECT stream, :org, :alertKey, id, :host FROM problem WHERE stream = :stream AND problem_key = :problemKey
ON CONFLICT (stream, org, alert_key) DO NOTHING
