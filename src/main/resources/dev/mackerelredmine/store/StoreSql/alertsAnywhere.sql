-- By the alert's id, with or without its organization, or by the number of its ticket. Of an alert that several streams have, the
-- one that is delivered counts, or else the newest.
SELECT a.id, a.org, a.parked, c.next_at AS parked_until, p.failure, a.stream
FROM alert a
JOIN problem p ON p.id = a.problem_id
LEFT JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause AND a.parked IS NOT NULL
LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE (CAST(:issue AS BIGINT) IS NULL AND a.alert_key = :alertKey AND (CAST(:org AS TEXT) IS NULL OR a.org = :org)
       OR t.issue = CAST(:issue AS BIGINT))
  AND NOT EXISTS (SELECT 1 FROM alert o
                  WHERE o.org = a.org AND o.alert_key = a.alert_key AND o.id <> a.id
                    AND (o.stream = 'redmine' OR a.stream <> 'redmine' AND o.id > a.id))
ORDER BY a.id
