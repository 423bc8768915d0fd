SELECT image FROM graph WHERE alert_id = :alertId AND seq = :seq
