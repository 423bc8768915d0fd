DELETE FROM graph WHERE alert_id = :alertId AND seq <= :upTo
