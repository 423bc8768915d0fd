DELETE FROM parked_cause WHERE stream = :stream AND cause = :cause
