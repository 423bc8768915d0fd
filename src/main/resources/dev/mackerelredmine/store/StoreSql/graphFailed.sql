UPDATE graph SET failures = failures + 1 WHERE alert_id = :alertId AND seq = :seq
RETURNING failures
