SELECT id, issue, state, gone_at, begun_at, begun, refusals, failures, may_have_double, instead,
  failing_since IS NOT NULL AND EXISTS (
    SELECT 1 FROM step
    WHERE step.id > ticket.failing_since AND step.action IN ('create', 'note', 'close', 'reopen', 'join', 'remind')) AS others_taken
FROM ticket
WHERE id = :ticketId
