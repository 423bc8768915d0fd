-- Who is on a ticket, as its journals in Redmine say. Times are milliseconds since 1970.

-- Whether it is open in Redmine, as far as is known: only while one is, Redmine is asked what people did.
ALTER TABLE ticket ADD COLUMN is_open BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE ticket
SET is_open = TRUE
WHERE issue IS NOT NULL AND gone_at IS NULL
  AND EXISTS (SELECT 1 FROM alert WHERE alert.ticket_id = ticket.id AND alert.status <> 'ok');
CREATE INDEX ticket_open ON ticket (is_open) WHERE is_open = TRUE;
-- Redmine's number of its project; NULL until it was seen.
ALTER TABLE ticket ADD COLUMN project BIGINT;
-- Of the last time that its journals were read: when it was changed last, by Redmine's clock, and its newest journal. Then by ours: when this
-- was seen first, whether it was asked for again so much later that nothing more can come under the same second; when anything was seen of it
-- last, and when it was asked for last.
ALTER TABLE ticket ADD COLUMN seen_updated BIGINT;
ALTER TABLE ticket ADD COLUMN seen_journal BIGINT;
ALTER TABLE ticket ADD COLUMN seen_first BIGINT;
ALTER TABLE ticket ADD COLUMN seen_settled BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE ticket ADD COLUMN seen_last BIGINT;
ALTER TABLE ticket ADD COLUMN asked_at BIGINT;
-- Who is on it, as JSON; since when somebody is, and since when for the first time.
ALTER TABLE ticket ADD COLUMN people TEXT;
ALTER TABLE ticket ADD COLUMN acknowledged_at BIGINT;
ALTER TABLE ticket ADD COLUMN first_acknowledged_at BIGINT;
-- How long it may be unanswered, where the policy says so, in milliseconds; and whether the operator was notified that it is.
ALTER TABLE ticket ADD COLUMN unanswered_after BIGINT;
ALTER TABLE ticket ADD COLUMN unanswered_told BOOLEAN NOT NULL DEFAULT FALSE;

-- One row for each stream: which of several services asks, and up to when, by Redmine's clock, all that people did is known.
-- NULL: not known, and while no ticket is open.
CREATE TABLE redmine_watch (
  stream      TEXT   NOT NULL PRIMARY KEY,
  since       BIGINT,
  swept_at    BIGINT,
  due_at      BIGINT NOT NULL DEFAULT 0,
  lease       TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0
);

-- Of an action that follows what a person did: Redmine's journal, who did it, and to whom the ticket was given.
ALTER TABLE action ADD COLUMN journal BIGINT;
ALTER TABLE action ADD COLUMN person TEXT;
ALTER TABLE action ADD COLUMN given_to TEXT;
