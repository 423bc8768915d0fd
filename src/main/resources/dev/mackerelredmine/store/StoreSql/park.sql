-- What is parked again for the same reason is no news.
UPDATE alert
SET parked = :reason, parked_cause = :cause, parked_urgent = :urgent,
    parked_told = (parked_for IS NOT NULL AND parked_for = :cause AND parked_told), parked_for = :cause
WHERE id = :alertId AND EXISTS (SELECT 1 FROM problem WHERE id = :id AND lease = :lease)
