-- What came in during a preview is never delivered by a later run, so its age is enough.
SELECT COUNT(*)
FROM alert a JOIN problem p ON p.id = a.problem_id
WHERE a.id = :alertId
  AND NOT EXISTS (SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.received_at >= :before)
  AND NOT EXISTS (SELECT 1 FROM step s WHERE s.alert_id = a.id AND s.at >= :before)
  AND (a.stream <> 'redmine'
       OR a.status = 'ok' AND a.parked IS NULL AND p.due_at IS NULL AND p.received = p.delivered)
