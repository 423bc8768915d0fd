DELETE FROM event
WHERE id IN (SELECT id FROM event WHERE alert_id IS NULL AND received_at < :before LIMIT :most)
