INSERT INTO alert (stream, org, alert_key, problem_id)
SELECT stream, :org, :alertKey, id FROM problem WHERE stream = :stream AND problem_key = :problemKey
ON CONFLICT (stream, org, alert_key) DO NOTHING
