-- What came in during previews counts only where nothing came in since to be delivered.
SELECT a.id
FROM alert a
LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE EXISTS (SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.received_at >= :since)
  AND (a.stream = :stream AND (a.parked IS NOT NULL OR t.issue IS NULL)
       OR a.stream <> :stream
          AND NOT EXISTS (SELECT 1 FROM alert o WHERE o.stream = :stream AND o.org = a.org AND o.alert_key = a.alert_key))
ORDER BY a.id
