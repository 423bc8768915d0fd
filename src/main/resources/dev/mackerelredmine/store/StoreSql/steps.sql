SELECT at, issue, up_to, action, why FROM step WHERE alert_id = :alertId ORDER BY id
