-- Their own success says nothing new of the reason.
UPDATE alert SET parked_cause = NULL WHERE stream = :stream AND parked_cause = :cause
