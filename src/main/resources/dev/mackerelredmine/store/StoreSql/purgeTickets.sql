-- The problem's last ticket stays as long as the problem does: the next alert joins it, opens it again, or is related to it.
DELETE FROM ticket
WHERE problem_id = :problemId
  AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.ticket_id = ticket.id)
  AND (NOT EXISTS (SELECT 1 FROM alert a WHERE a.problem_id = :problemId)
       OR id <> COALESCE((SELECT MAX(o.id) FROM ticket o
                          WHERE o.problem_id = :problemId AND o.issue IS NOT NULL AND o.gone_at IS NULL), 0))
