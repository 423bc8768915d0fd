UPDATE ticket
SET issue = :issue, state = :state, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL
WHERE id = :ticketId AND issue IS NULL
