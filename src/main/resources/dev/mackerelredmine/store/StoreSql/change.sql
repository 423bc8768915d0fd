SELECT seq, received_at, notification FROM event WHERE alert_id = :alertId AND seq = :seq
