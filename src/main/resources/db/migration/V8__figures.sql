-- What figures are made of (docs/figures.md): what is known of each alert in a few numbers, which stays when its events are deleted.

-- What alerts are about, a row for each problem: as its newest alert names it. Services and roles stand between line breaks.
CREATE TABLE subject (
  id          ${identity},
  stream      TEXT   NOT NULL,
  problem_key TEXT   NOT NULL,
  org         TEXT   NOT NULL,
  monitor     TEXT   NOT NULL,
  metric      TEXT   NOT NULL,
  host        TEXT   NOT NULL,
  services    TEXT   NOT NULL,
  roles       TEXT   NOT NULL,
  UNIQUE (stream, problem_key)
);

-- An alert from its opening to its end. Times are milliseconds since 1970; NULL: it did not come to that.
CREATE TABLE opening (
  -- The alert's number in the store, which no other gets.
  alert_id   BIGINT  NOT NULL PRIMARY KEY,
  stream     TEXT    NOT NULL,
  subject_id BIGINT  NOT NULL REFERENCES subject (id),
  alert_key  TEXT    NOT NULL,
  -- Up to which of the problem's events this takes in.
  seq        BIGINT  NOT NULL,
  opened_at  BIGINT  NOT NULL,
  -- 1 warning, 2 unknown, 3 critical: the highest.
  severity   BIGINT  NOT NULL,
  -- Since when it has its status.
  status_at  BIGINT  NOT NULL,
  closed_at  BIGINT,
  -- Whether it was closed by what a person did, and not because its monitor found all well.
  by_hand    BOOLEAN NOT NULL,
  -- The metric's value when it opened, and the threshold that this crossed.
  value      DOUBLE PRECISION,
  threshold  DOUBLE PRECISION,
  -- Redmine's number of its ticket, and when it got one; when a person first had that.
  issue      BIGINT,
  ticket_at  BIGINT,
  acknowledged_at BIGINT,
  -- What people say of its ticket.
  verdict    TEXT
);
CREATE INDEX opening_in ON opening (stream, opened_at, alert_id);
-- What is not over, however long ago it opened.
CREATE INDEX opening_open ON opening (stream, opened_at) WHERE closed_at IS NULL;
CREATE INDEX opening_of_subject ON opening (subject_id, opened_at);

-- A page that somebody got, and by which rota; empty: by none.
CREATE TABLE sent_page (
  page_id    BIGINT NOT NULL PRIMARY KEY,
  stream     TEXT   NOT NULL,
  subject_id BIGINT NOT NULL REFERENCES subject (id),
  severity   BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  rota       TEXT   NOT NULL
);
CREATE INDEX sent_page_in ON sent_page (stream, at);
CREATE INDEX sent_page_of_subject ON sent_page (subject_id);

-- Whether anything is known of it that those do not have yet.
ALTER TABLE alert ADD COLUMN to_sum BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX alert_to_sum ON alert (stream) WHERE to_sum = TRUE;
ALTER TABLE page ADD COLUMN to_sum BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX page_to_sum ON page (stream) WHERE to_sum = TRUE AND state IN ('accepted', 'answered');

-- Escalations by when they began, for the report of a week.
CREATE INDEX escalation_began ON escalation (stream, starts_at);

-- Of what a person did: when that was, by Redmine's clock.
ALTER TABLE step ADD COLUMN acted_at BIGINT;
-- What people say of it: the value of the field report.verdict-field, or noise.
ALTER TABLE ticket ADD COLUMN verdict TEXT;
