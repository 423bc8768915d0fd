UPDATE action SET parked_told = TRUE WHERE id = :id
