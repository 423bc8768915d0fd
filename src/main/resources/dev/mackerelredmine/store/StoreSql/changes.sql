SELECT seq, received_at, channel, notification FROM event WHERE alert_id = :alertId AND seq > :after AND seq <= :upTo ORDER BY seq
