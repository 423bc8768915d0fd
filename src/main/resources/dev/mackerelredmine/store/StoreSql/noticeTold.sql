UPDATE notice SET told_at = :now, claimed_until = 0 WHERE stream = :stream AND kind = :kind
