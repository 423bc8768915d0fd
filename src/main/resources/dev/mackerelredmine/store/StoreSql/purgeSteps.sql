DELETE FROM step WHERE alert_id = :alertId
