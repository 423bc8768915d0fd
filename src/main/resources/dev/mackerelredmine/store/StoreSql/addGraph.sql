INSERT INTO graph (alert_id, seq, name, image)
SELECT a.id, p.received, :name, :image
FROM alert a JOIN problem p ON p.id = a.problem_id
WHERE a.stream = :stream AND a.org = :org AND a.alert_key = :alertKey
