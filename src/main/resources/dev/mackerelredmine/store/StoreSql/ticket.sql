SELECT id, issue, state, gone_at, begun_at, begun FROM ticket WHERE id = :ticketId
