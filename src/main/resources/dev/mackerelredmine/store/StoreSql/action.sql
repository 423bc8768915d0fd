-- With what came in last of what the change tells.
SELECT action.id, alert.org, alert.alert_key, action.issue, ticket.state, action.kind, action.up_to, action.tries, event.notification
FROM action
JOIN alert ON alert.id = action.alert_id
JOIN ticket ON ticket.id = (SELECT MAX(id) FROM ticket WHERE issue = action.issue AND problem_id = alert.problem_id)
JOIN event ON event.alert_id = action.alert_id
          AND event.seq = (SELECT MAX(seq) FROM event WHERE alert_id = action.alert_id AND seq <= action.up_to)
WHERE action.id = :id
