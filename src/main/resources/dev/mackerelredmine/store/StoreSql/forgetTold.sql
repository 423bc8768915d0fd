-- What was begun is looked up first, and then tells what it told.
UPDATE alert
SET told = 0, newest = NULL, headline = NULL, status = NULL, resends = 0, noted_at = NULL, made_anew = FALSE
WHERE id = :alertId
  AND (ticket_id IS NULL OR ticket_id IN (SELECT id FROM ticket WHERE issue IS NULL AND begun_at IS NULL))
