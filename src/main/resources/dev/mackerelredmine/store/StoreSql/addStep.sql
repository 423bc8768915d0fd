INSERT INTO step (alert_id, at, issue, up_to, action, why) VALUES (:alertId, :now, :issue, :upTo, :action, :why)
