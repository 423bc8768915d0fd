DELETE FROM event WHERE alert_id = :alertId
