UPDATE ticket SET may_have_double = FALSE WHERE id = :ticketId
