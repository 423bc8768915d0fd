-- What was begun for an alert comes first, so that nothing else is begun for its ticket.
SELECT a.id
FROM alert a
WHERE a.problem_id = :id
  AND EXISTS (SELECT 1 FROM event e WHERE e.alert_id = a.id AND e.seq > a.told AND e.seq <= :received
              UNION ALL
              SELECT 1 FROM graph g WHERE g.alert_id = a.id AND g.seq > a.told AND g.seq <= :received)
ORDER BY (SELECT COUNT(*) FROM ticket t WHERE t.problem_id = :id AND t.begun_for = a.id) DESC,
  (SELECT MIN(e.seq) FROM event e WHERE e.alert_id = a.id AND e.seq > a.told), a.id
