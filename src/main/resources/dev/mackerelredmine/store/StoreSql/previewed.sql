SELECT e.received_at, e.kind, e.channel, e.notification
FROM event e JOIN alert a ON a.id = e.alert_id
WHERE a.stream <> :stream AND a.org = :org AND a.alert_key = :alertKey
ORDER BY e.id
