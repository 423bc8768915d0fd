-- One after the other, and then from the first again: what one of them alone is refused for keeps none of the others.
SELECT a.id FROM alert a JOIN parked_cause c ON c.stream = a.stream AND c.cause = a.parked_cause
WHERE a.stream = :stream AND a.parked_cause = :cause AND a.parked IS NOT NULL
ORDER BY CASE WHEN a.id > c.tried THEN 0 ELSE 1 END, a.id LIMIT 1
