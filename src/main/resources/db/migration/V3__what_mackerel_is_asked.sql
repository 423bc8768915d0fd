-- What Mackerel's API is asked (mackerel.apikey), and what is known of an alert to compare its answers with.

-- The last status that came in of an alert, delivered or not, and since when it had it. NULL for a group of alerts, of which the API
-- knows nothing.
ALTER TABLE alert ADD COLUMN last_status TEXT;
ALTER TABLE alert ADD COLUMN last_at BIGINT;
UPDATE alert
SET last_status = status,
    last_at = (SELECT MAX(received_at) FROM event WHERE event.alert_id = alert.id AND event.kind <> 'alertGroup')
WHERE status IS NOT NULL AND EXISTS (SELECT 1 FROM event WHERE event.alert_id = alert.id AND event.kind <> 'alertGroup');
-- Whether anything came in that says that it fires: of one of which only the end came in, the opening was lost.
ALTER TABLE alert ADD COLUMN has_fired BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE alert SET has_fired = TRUE;
CREATE INDEX alert_firing ON alert (stream, org) WHERE last_status <> 'ok';

-- One row for each stream: which of several services asks, and when it did.
CREATE TABLE mackerel_look (
  stream      TEXT   NOT NULL PRIMARY KEY,
  -- When the first look began, and the last one that saw all there was; NULL: none did yet.
  first_at    BIGINT NOT NULL,
  looked_at   BIGINT,
  due_at      BIGINT NOT NULL DEFAULT 0,
  lease       TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  -- How many changes were found that no webhook had told, of which the operator was not told yet, and since when.
  lost        BIGINT NOT NULL DEFAULT 0,
  lost_since  BIGINT
);

-- Alerts that Mackerel has, that no webhook was to tell of, and that get no ticket, while they have this status.
CREATE TABLE left_alone (
  stream    TEXT   NOT NULL,
  org       TEXT   NOT NULL,
  alert_key TEXT   NOT NULL,
  status    TEXT   NOT NULL,
  why       TEXT   NOT NULL,
  seen_at   BIGINT NOT NULL,
  PRIMARY KEY (stream, org, alert_key)
);

-- What an action is for: the steps of ticket-changed.camel.yaml, or the memo of the alert at Mackerel (mackerel.memo).
ALTER TABLE action ADD COLUMN purpose TEXT NOT NULL DEFAULT 'steps';
