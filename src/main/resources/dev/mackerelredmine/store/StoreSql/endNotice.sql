UPDATE notice SET claimed_until = :until
WHERE stream = :stream AND kind = :kind AND told_at IS NOT NULL AND claimed_until <= :now
