-- Several alerts become one incident. Times are milliseconds since 1970.

-- Of an alert whose policy names an incident (ticket.incident): that name, under its organization, and when it opened by Mackerel's clock.
ALTER TABLE alert ADD COLUMN group_key TEXT;
ALTER TABLE alert ADD COLUMN opened_at BIGINT;
-- The alert of ours that stands for the incident to which it belongs; of one that stands for an incident, its own id. And as what it belongs
-- there: incident, child (it has a ticket of its own), line (it stands in the list of the incident's ticket, which is its ticket, too), left (a
-- person took it out, for good).
ALTER TABLE alert ADD COLUMN incident BIGINT;
ALTER TABLE alert ADD COLUMN incident_role TEXT;
CREATE INDEX alert_of_incident ON alert (incident, incident_role, last_status) WHERE incident IS NOT NULL;
CREATE INDEX alert_as_child ON alert (ticket_id) WHERE incident_role = 'child';
CREATE INDEX alert_alone ON alert (stream, group_key, opened_at) WHERE group_key IS NOT NULL AND incident IS NULL;

-- Redmine's number of the incident's ticket that it is shown with, and by what: parent, relation or note. NULL: none, or not yet.
ALTER TABLE ticket ADD COLUMN in_incident BIGINT;
ALTER TABLE ticket ADD COLUMN in_incident_by TEXT;
CREATE INDEX ticket_in_incident ON ticket (in_incident) WHERE in_incident IS NOT NULL;

CREATE TABLE incident (
  alert_id  BIGINT NOT NULL PRIMARY KEY REFERENCES alert (id) ON DELETE CASCADE,
  stream    TEXT   NOT NULL,
  group_key TEXT   NOT NULL,
  -- From the first opening of its members to the last.
  first_at  BIGINT NOT NULL,
  last_at   BIGINT NOT NULL,
  -- How many alerts belong to it, and the worst severity that it was told to have.
  members   BIGINT NOT NULL,
  highest   BIGINT NOT NULL,
  -- When its list was written last, and the place of the last event that says that it is to be written anew.
  listed_at BIGINT NOT NULL DEFAULT 0,
  stale     BIGINT NOT NULL DEFAULT 0,
  -- When it is over, while none of its members fires.
  quiet_at  BIGINT
);
CREATE INDEX incident_of_group ON incident (stream, group_key, last_at);
CREATE INDEX incident_quiet ON incident (stream, quiet_at) WHERE quiet_at IS NOT NULL;

-- A row for each name: whoever decides where an alert of it belongs locks it.
CREATE TABLE incident_group (
  stream    TEXT NOT NULL,
  group_key TEXT NOT NULL,
  PRIMARY KEY (stream, group_key)
);
