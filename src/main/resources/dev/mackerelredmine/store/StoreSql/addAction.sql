INSERT INTO action (stream, alert_id, issue, kind, up_to, due_at) VALUES (:stream, :alertId, :issue, :kind, :upTo, :now)
