SELECT action.id, alert.org, alert.alert_key, action.failure AS parked, FALSE AS urgent
FROM action
JOIN alert ON alert.id = action.alert_id
WHERE action.stream = :stream AND action.due_at IS NULL AND NOT action.parked_told
ORDER BY action.id LIMIT :most
