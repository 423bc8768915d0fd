UPDATE ticket SET begun_at = :now, begun_under = :lease, begun_for = :alertId, begun = :begun WHERE id = :ticketId
