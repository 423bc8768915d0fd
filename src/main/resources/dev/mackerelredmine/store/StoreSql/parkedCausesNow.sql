UPDATE parked_cause SET next_at = :now WHERE stream = :stream AND next_at > :latest
