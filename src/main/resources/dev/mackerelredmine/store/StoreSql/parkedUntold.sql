SELECT a.id, a.org, a.alert_key, a.parked FROM alert a
WHERE a.stream = :stream AND a.parked IS NOT NULL AND NOT a.parked_told
ORDER BY a.id LIMIT :most
