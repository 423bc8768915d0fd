UPDATE alert
SET told = :upTo, newest = :newest, headline = :headline, status = :status, resends = :resends, noted_at = :notedAt,
    made_anew = :madeAnew, parked = NULL, parked_cause = NULL, parked_urgent = FALSE, parked_for = NULL, parked_told = FALSE
WHERE id = :alertId
