-- What is looked for in a store that has grown: by an index, or by what waits alone.

-- Up to which of the problem's events, or graphs, something came in of it.
ALTER TABLE alert ADD COLUMN received BIGINT NOT NULL DEFAULT 0;
UPDATE alert
SET received = COALESCE((SELECT MAX(seq) FROM (SELECT seq FROM event WHERE alert_id = alert.id
                                               UNION ALL
                                               SELECT seq FROM graph WHERE alert_id = alert.id) came_in), 0);
CREATE INDEX alert_waiting ON alert (problem_id) WHERE received > told;

CREATE INDEX alert_named ON alert (alert_key);
CREATE INDEX event_received ON event (received_at);
CREATE INDEX ticket_of_issue ON ticket (issue);
CREATE INDEX ticket_begun ON ticket (begun_at) WHERE begun_at IS NOT NULL;
