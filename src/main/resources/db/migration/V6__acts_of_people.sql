-- What people do to deliveries: they pause them, have parked alerts delivered once more, and drop some. Times are milliseconds since 1970.

-- Who did it, where a person did.
ALTER TABLE step ADD COLUMN person TEXT;

-- Since when an alert is parked, whatever for, and the project that its ticket was to be in; NULL where the policy did not say.
ALTER TABLE alert ADD COLUMN parked_at BIGINT;
ALTER TABLE alert ADD COLUMN parked_project TEXT;
UPDATE alert
SET parked_at = COALESCE((SELECT MAX(at) FROM step WHERE step.alert_id = alert.id AND step.action = 'park'), 0)
WHERE parked IS NOT NULL;

-- When deliveries were paused, and by whom; when they went on, and by whom (NULL: they are paused).
CREATE TABLE pause (
  id         ${identity},
  stream     TEXT   NOT NULL,
  paused_at  BIGINT NOT NULL,
  paused_by  TEXT   NOT NULL,
  resumed_at BIGINT,
  resumed_by TEXT
);
CREATE UNIQUE INDEX pause_stands ON pause (stream) WHERE resumed_at IS NULL;
