UPDATE ticket SET issue = :issue
WHERE issue IS NULL AND id = (SELECT ticket_id FROM alert WHERE id = :alertId)
