UPDATE ticket SET begun_at = :now, begun_under = :lease
WHERE issue IS NULL AND id = (SELECT ticket_id FROM alert WHERE id = :alertId)
