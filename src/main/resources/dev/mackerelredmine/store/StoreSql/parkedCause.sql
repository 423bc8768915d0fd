SELECT parked_cause FROM alert WHERE id = :alertId AND parked IS NOT NULL
