-- Whoever has it delivered once more has mended something, so it is tried as if it were new.
UPDATE ticket SET refusals = 0, failures = 0, failing_since = NULL WHERE begun_for = :alertId
