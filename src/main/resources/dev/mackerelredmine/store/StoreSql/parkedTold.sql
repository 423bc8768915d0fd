UPDATE alert SET parked_told = TRUE WHERE id = :alertId
