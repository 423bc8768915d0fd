DELETE FROM alert WHERE id = :alertId
