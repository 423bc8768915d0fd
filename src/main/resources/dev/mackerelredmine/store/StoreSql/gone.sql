UPDATE ticket
SET gone_at = :now, begun_at = NULL, begun_under = NULL, begun_for = NULL, begun = NULL
WHERE id = :ticketId
