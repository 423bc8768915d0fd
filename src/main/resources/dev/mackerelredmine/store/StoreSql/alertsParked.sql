SELECT id FROM alert WHERE stream = :stream AND parked IS NOT NULL ORDER BY id
