SELECT status FROM alert WHERE ticket_id = :ticketId AND id <> :alertId AND status IS NOT NULL
