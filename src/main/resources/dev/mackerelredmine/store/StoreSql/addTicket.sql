INSERT INTO ticket (problem_id) SELECT problem_id FROM alert WHERE id = :alertId
RETURNING id
