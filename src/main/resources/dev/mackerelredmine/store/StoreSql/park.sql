UPDATE alert SET parked = :reason
WHERE id = :alertId AND EXISTS (SELECT 1 FROM problem WHERE id = :id AND lease = :lease)
