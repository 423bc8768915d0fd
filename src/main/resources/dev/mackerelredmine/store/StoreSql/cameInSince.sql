SELECT COUNT(*)
FROM event
WHERE alert_id = :alertId AND received_at >= :before
  AND seq = (SELECT MIN(seq) FROM event WHERE alert_id = :alertId)
