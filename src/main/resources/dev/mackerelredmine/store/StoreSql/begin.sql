-- A creation that is begun though an earlier one was never answered may be the second one that Redmine does.
UPDATE ticket
SET may_have_double = may_have_double OR (issue IS NULL AND COALESCE(begun_at, 0) > 0),
  begun_at = :now, begun_under = :lease, begun_for = :alertId, begun = :begun
WHERE id = :ticketId
