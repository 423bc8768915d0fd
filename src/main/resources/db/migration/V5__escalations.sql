-- Who is notified while nobody answers. Times are milliseconds since 1970.

-- The policy of escalation.yaml by which a ticket escalates; NULL: it does not.
ALTER TABLE ticket ADD COLUMN escalation TEXT;
-- The newest journal of a person that is known, whatever it says.
ALTER TABLE ticket ADD COLUMN person_journal BIGINT;
UPDATE ticket SET person_journal = seen_journal;
-- Where somebody has it: for what that person is to be asked about it anew (worse, again), since when, and the newest journal of a person by
-- then. A newer one is an answer.
ALTER TABLE ticket ADD COLUMN anew TEXT;
ALTER TABLE ticket ADD COLUMN anew_at BIGINT;
ALTER TABLE ticket ADD COLUMN anew_journal BIGINT;

CREATE TABLE escalation (
  id          ${identity},
  stream      TEXT   NOT NULL,
  ticket_id   BIGINT NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
  -- The policy's name, and its steps as they were when this began, as JSON.
  policy_name TEXT   NOT NULL,
  policy      TEXT   NOT NULL,
  -- For what whoever has the ticket is asked first, as ticket.anew says; NULL: nobody has it.
  asks        TEXT,
  -- The newest journal of a person that this has taken in. Where it asks, a newer one ends it.
  journal     BIGINT NOT NULL DEFAULT 0,
  -- From when its steps count.
  starts_at   BIGINT NOT NULL,
  -- The next step, and when it is due; NULL: none is left.
  round       BIGINT NOT NULL,
  step        BIGINT NOT NULL,
  due_at      BIGINT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  -- The person who stopped it. It goes on standing for the ticket, so that no other begins.
  stopped_by  TEXT,
  -- Whether the operator was notified that it ran out of steps.
  exhausted_told BOOLEAN NOT NULL DEFAULT FALSE,
  -- How old its alert was when its ticket came, where nobody is notified because that was too old; else NULL.
  alert_age   BIGINT,
  ended_at    BIGINT,
  ended_for   TEXT,
  -- Where an acknowledgement ended it: when it is looked at again whether there was no word since; NULL: never.
  again_at    BIGINT
);
CREATE UNIQUE INDEX escalation_runs ON escalation (ticket_id) WHERE ended_at IS NULL;
CREATE INDEX escalation_due ON escalation (stream, due_at) WHERE ended_at IS NULL;
CREATE INDEX escalation_again ON escalation (stream, again_at) WHERE again_at IS NOT NULL;
CREATE INDEX escalation_of_ticket ON escalation (ticket_id);
CREATE INDEX escalation_ended ON escalation (ended_at) WHERE ended_at IS NOT NULL;

-- What came of each step, for whoever asks later.
CREATE TABLE escalation_step (
  escalation_id BIGINT NOT NULL REFERENCES escalation (id) ON DELETE CASCADE,
  round         BIGINT NOT NULL,
  step          BIGINT NOT NULL,
  at            BIGINT NOT NULL,
  why           TEXT   NOT NULL,
  PRIMARY KEY (escalation_id, round, step)
);

-- One message to one person by one means.
CREATE TABLE page (
  id            ${identity},
  stream        TEXT    NOT NULL,
  escalation_id BIGINT  NOT NULL REFERENCES escalation (id) ON DELETE CASCADE,
  kind          TEXT    NOT NULL,
  round         BIGINT  NOT NULL,
  step          BIGINT  NOT NULL,
  person        TEXT    NOT NULL,
  means         TEXT    NOT NULL,
  is_group      BOOLEAN NOT NULL,
  -- waiting, accepted, answered, failed, capped or dropped; why, and since when (of an answered one: when the means took it).
  state         TEXT    NOT NULL DEFAULT 'waiting',
  why           TEXT,
  at            BIGINT  NOT NULL,
  -- When it is sent, or tried again; NULL: never.
  due_at        BIGINT,
  tries         BIGINT  NOT NULL DEFAULT 0,
  lease_until   BIGINT  NOT NULL DEFAULT 0,
  UNIQUE (escalation_id, round, step, person, means, kind)
);
CREATE INDEX page_due ON page (stream, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX page_to_person ON page (person, means, at);

-- One row for each stream that was ever paused: since when it is (NULL: it is not), and when it went on.
CREATE TABLE escalation_pause (
  stream     TEXT NOT NULL PRIMARY KEY,
  paused_at  BIGINT,
  resumed_at BIGINT
);
