-- As makeParkedDue, of one alert.
UPDATE problem
SET due_at = :now, urgency = (SELECT CASE WHEN a.parked_urgent THEN 0 ELSE 1 END FROM alert a WHERE a.id = :alertId)
WHERE due_at IS NULL AND id = (SELECT problem_id FROM alert WHERE id = :alertId)
