SELECT seq, received_at, notification FROM event WHERE alert_id = :alertId AND seq > :after AND seq <= :upTo ORDER BY seq
