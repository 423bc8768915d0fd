SELECT seq, received_at, channel, notification FROM event WHERE alert_id = :alertId AND seq = :seq
