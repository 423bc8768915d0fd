SELECT id, problem_key, received, delivered, tries, COALESCE(lease, '') AS lease
FROM problem WHERE id = (SELECT problem_id FROM alert WHERE id = :alertId)
