SELECT id FROM alert WHERE id > :after ORDER BY id LIMIT :most
