-- One text for SQLite and PostgreSQL; ${identity} is each one's own word for a number that counts up.
-- Times are milliseconds since 1970, except in a notification's own text.

-- A problem is what is delivered as one, in order, by one worker at a time: the same fault of the same thing, whatever its alert ids.
CREATE TABLE problem (
  id          ${identity},
  -- 'redmine', or one name for each run of preview: what came in during a preview is never delivered by a later run.
  stream      TEXT    NOT NULL,
  problem_key TEXT    NOT NULL,
  -- How many events came in, and how many of those have been delivered.
  received    BIGINT  NOT NULL DEFAULT 0,
  delivered   BIGINT  NOT NULL DEFAULT 0,
  -- When it is to be delivered next; NULL: nothing is to be done.
  due_at      BIGINT,
  tries       BIGINT  NOT NULL DEFAULT 0,
  -- Who delivers it at present, and until when that is believed.
  lease       TEXT,
  lease_until BIGINT  NOT NULL DEFAULT 0,
  -- What went wrong at the last try, while it waits for the next.
  failure     TEXT,
  UNIQUE (stream, problem_key)
);
CREATE INDEX problem_due ON problem (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE ticket (
  id          ${identity},
  problem_id  BIGINT NOT NULL REFERENCES problem (id),
  -- Redmine's number; NULL until its creation is known.
  issue       BIGINT,
  -- When its creation was last begun, and under which lease. It is written before the request is sent.
  begun_at    BIGINT,
  begun_under TEXT
);
CREATE INDEX ticket_of_problem ON ticket (problem_id);

CREATE TABLE alert (
  id         ${identity},
  stream     TEXT   NOT NULL,
  org        TEXT   NOT NULL,
  alert_key  TEXT   NOT NULL,
  -- The problem of its first event, for good: a later event may lack what the problem's key is made of.
  problem_id BIGINT NOT NULL REFERENCES problem (id),
  ticket_id  BIGINT REFERENCES ticket (id),
  -- Why Redmine will not take it as it is; it is tried again with the problem's next event, and at each start.
  parked     TEXT,
  UNIQUE (stream, org, alert_key)
);
CREATE INDEX alert_parked ON alert (problem_id) WHERE parked IS NOT NULL;

-- What Mackerel posted, each post once, never changed.
CREATE TABLE event (
  id           ${identity},
  received_at  BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  -- NULL for all that is no alert: kept for the record.
  alert_id     BIGINT REFERENCES alert (id),
  problem_id   BIGINT REFERENCES problem (id),
  -- 1, 2, 3 ... within the problem.
  seq          BIGINT,
  notification TEXT   NOT NULL,
  UNIQUE (problem_id, seq)
);
CREATE INDEX event_of_alert ON event (alert_id);
