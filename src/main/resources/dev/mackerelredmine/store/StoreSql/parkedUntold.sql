-- Urgent is a critical alert without a ticket, until the operator was told of another one that is parked for the same reason.
SELECT a.id, a.org, a.alert_key, a.parked,
  a.parked_urgent AND NOT EXISTS (
    SELECT 1 FROM alert b
    WHERE b.stream = a.stream AND b.parked_cause = a.parked_cause AND b.parked IS NOT NULL AND b.parked_told AND b.parked_urgent) AS urgent
FROM alert a
WHERE a.stream = :stream AND a.parked IS NOT NULL AND NOT a.parked_told
ORDER BY a.id LIMIT :most
