-- What is parked again for the same reason is no news.
UPDATE alert SET parked = :reason, parked_told = (parked_for IS NOT NULL AND parked_for = :reason AND parked_told), parked_for = :reason
WHERE id = :alertId AND EXISTS (SELECT 1 FROM problem WHERE id = :id AND lease = :lease)
