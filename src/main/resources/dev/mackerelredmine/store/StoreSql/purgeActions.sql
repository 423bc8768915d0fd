DELETE FROM action WHERE alert_id = :alertId
