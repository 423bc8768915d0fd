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
  -- When the oldest event came in that is not delivered; NULL: all are.
  waiting_since BIGINT,
  -- When it is to be delivered next; NULL: nothing is to be done.
  due_at      BIGINT,
  -- Which of those that are due comes first: 0 a critical alert without a ticket, 1 another without one, 2 and 3 the same with a
  -- ticket, 4 what nobody waits for.
  urgency     BIGINT  NOT NULL DEFAULT 4,
  tries       BIGINT  NOT NULL DEFAULT 0,
  -- Who delivers it at present, and until when that is believed.
  lease       TEXT,
  lease_until BIGINT  NOT NULL DEFAULT 0,
  -- What went wrong at the last try, while it waits for the next.
  failure     TEXT,
  UNIQUE (stream, problem_key)
);
CREATE INDEX problem_due ON problem (stream, urgency, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX problem_waiting ON problem (stream, waiting_since) WHERE waiting_since IS NOT NULL;

CREATE TABLE ticket (
  id          ${identity},
  problem_id  BIGINT NOT NULL REFERENCES problem (id),
  -- Redmine's number; NULL until its creation is known.
  issue       BIGINT,
  -- What we know of it since we last wrote to it, as JSON.
  state       TEXT,
  -- When it was found to be deleted in Redmine.
  gone_at     BIGINT,
  -- A creation or a change whose outcome is not known yet: when it was begun, under which lease, for which alert, and what it was
  -- to bring about, as JSON. It is written before the request is sent.
  begun_at    BIGINT,
  begun_under TEXT,
  begun_for   BIGINT,
  begun       TEXT,
  -- How often in a row something refused it (4xx), so that less was sent each time.
  refusals      BIGINT NOT NULL DEFAULT 0,
  -- How often in a row Redmine failed at it, and which step was the last one before the first time.
  failures      BIGINT NOT NULL DEFAULT 0,
  failing_since BIGINT,
  -- Whether its creation was sent twice, so that Redmine may have made two.
  may_have_double BOOLEAN NOT NULL DEFAULT FALSE,
  -- Redmine's number of the ticket that this one stands for, because Redmine took no note there any more.
  instead       BIGINT
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
  -- The id of its host, where it has one.
  host       TEXT,
  -- Up to which of the problem's events its ticket was told of it.
  told       BIGINT NOT NULL DEFAULT 0,
  -- Of what was told: the newest, and the newest of the highest severity, by their seq; the newest one's status; how often
  -- the same was said again since the last note, and when that was; whether the ticket was deleted once and made anew.
  newest     BIGINT,
  headline   BIGINT,
  status     TEXT,
  resends    BIGINT NOT NULL DEFAULT 0,
  noted_at   BIGINT,
  made_anew  BOOLEAN NOT NULL DEFAULT FALSE,
  -- Why Redmine will not take it as it is; it is tried again with the problem's next event, and at each start.
  parked     TEXT,
  -- The same without what differs between alerts: of those that are parked for one reason, one after the other is tried again.
  parked_cause  TEXT,
  -- Whether it is critical, and has no ticket: then the operator is told at once.
  parked_urgent BOOLEAN NOT NULL DEFAULT FALSE,
  -- Why it was parked last, and whether the operator was told of that.
  parked_for  TEXT,
  parked_told BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE (stream, org, alert_key)
);
CREATE INDEX alert_of_problem ON alert (problem_id);
CREATE INDEX alert_of_ticket ON alert (ticket_id);
CREATE INDEX alert_of_host ON alert (host) WHERE host IS NOT NULL;
CREATE INDEX alert_parked ON alert (stream, parked_cause) WHERE parked IS NOT NULL;

-- Why alerts are parked, while they are: when that began, when the next of them is tried, and which one was tried last.
CREATE TABLE parked_cause (
  stream  TEXT   NOT NULL,
  cause   TEXT   NOT NULL,
  since   BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  tried   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (stream, cause)
);

-- What Mackerel posted, never changed: each post once, but what happened to a host once for each ticket that is told of it.
CREATE TABLE event (
  id           ${identity},
  received_at  BIGINT NOT NULL,
  kind         TEXT   NOT NULL,
  -- NULL for all that is no alert: kept for the record.
  alert_id     BIGINT REFERENCES alert (id),
  problem_id   BIGINT REFERENCES problem (id),
  -- 1, 2, 3 ... within the problem.
  seq          BIGINT,
  -- The path to which it was posted; NULL where it came in on none.
  channel      TEXT,
  notification TEXT   NOT NULL,
  UNIQUE (problem_id, seq)
);
CREATE INDEX event_of_alert ON event (alert_id, seq);

-- Graphs that wait to be attached to their alerts' tickets.
CREATE TABLE graph (
  alert_id BIGINT NOT NULL REFERENCES alert (id),
  -- Its place among the events of the problem.
  seq      BIGINT NOT NULL,
  name     TEXT   NOT NULL,
  image    ${blob} NOT NULL,
  -- How often Redmine, being there, did not take it.
  failures BIGINT NOT NULL DEFAULT 0,
  UNIQUE (alert_id, seq)
);

-- What was done for an alert, and why, for whoever asks later.
CREATE TABLE step (
  id       ${identity},
  alert_id BIGINT NOT NULL REFERENCES alert (id),
  at       BIGINT NOT NULL,
  issue    BIGINT,
  -- Up to which of the problem's events it took in.
  up_to    BIGINT NOT NULL,
  action   TEXT   NOT NULL,
  why      TEXT   NOT NULL
);
CREATE INDEX step_of_alert ON step (alert_id);

-- What is to be done besides, after a ticket was changed (ticket.actions). It is deleted when it is done.
CREATE TABLE action (
  id          ${identity},
  stream      TEXT   NOT NULL,
  alert_id    BIGINT NOT NULL REFERENCES alert (id),
  issue       BIGINT NOT NULL,
  -- What was done to the ticket, and up to which of the problem's events it told.
  kind        TEXT   NOT NULL,
  up_to       BIGINT NOT NULL,
  -- When it is tried next; NULL: it is parked, until the next start.
  due_at      BIGINT,
  tries       BIGINT NOT NULL DEFAULT 0,
  failure     TEXT,
  parked_told BOOLEAN NOT NULL DEFAULT FALSE,
  lease_until BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX action_due ON action (stream, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX action_of_alert ON action (alert_id);

-- A row that is written to see whether the store can be written to.
CREATE TABLE trial (
  at BIGINT NOT NULL
);
INSERT INTO trial (at) VALUES (0);

-- What the operator is told once, while it lasts.
CREATE TABLE notice (
  stream        TEXT   NOT NULL,
  kind          TEXT   NOT NULL,
  told_at       BIGINT,
  -- Until when whoever is about to tell it is believed to do so.
  claimed_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (stream, kind)
);
