SELECT seq, name, failures FROM graph WHERE alert_id = :alertId AND seq <= :upTo ORDER BY seq DESC LIMIT 1
