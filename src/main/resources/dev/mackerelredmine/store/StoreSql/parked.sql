SELECT COUNT(*) FROM alert WHERE stream = :stream AND parked IS NOT NULL
