INSERT INTO ticket (problem_id, instead) SELECT problem_id, :instead FROM alert WHERE id = :alertId
RETURNING id
