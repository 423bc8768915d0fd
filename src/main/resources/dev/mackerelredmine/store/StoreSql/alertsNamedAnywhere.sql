-- What came in during previews counts only where nothing came in since to be delivered.
SELECT a.id
FROM alert a
WHERE a.alert_key = :alertKey
  AND (a.stream = :stream
       OR NOT EXISTS (SELECT 1 FROM alert o WHERE o.stream = :stream AND o.org = a.org AND o.alert_key = a.alert_key))
ORDER BY a.id
