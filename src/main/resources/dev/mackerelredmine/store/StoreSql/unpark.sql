UPDATE alert SET parked = NULL WHERE id = :alertId AND parked IS NOT NULL
