SELECT e.seq
FROM event e
WHERE e.alert_id = :alertId AND e.seq > :after
  AND EXISTS (SELECT 1 FROM event o WHERE o.alert_id = e.alert_id AND o.seq < e.seq AND o.notification = e.notification)
