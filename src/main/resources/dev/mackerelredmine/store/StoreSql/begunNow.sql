UPDATE ticket SET begun_at = :now WHERE begun_at > :now + :apart
