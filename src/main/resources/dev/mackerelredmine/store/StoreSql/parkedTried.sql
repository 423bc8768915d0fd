UPDATE parked_cause SET tried = :alertId WHERE stream = :stream AND cause = :cause
