UPDATE alert SET ticket_id = :ticketId WHERE id = :alertId
