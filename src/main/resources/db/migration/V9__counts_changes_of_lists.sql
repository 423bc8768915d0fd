-- What the list in an incident's ticket takes in, so that what changes while it is written is not forgotten.

-- How often it changed; how many of those changes the write that began last takes in, and how many the ticket shows.
ALTER TABLE incident ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN listing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN listed BIGINT NOT NULL DEFAULT 0;

-- With which of its incident's changes an alert came. Zero: with the first list.
ALTER TABLE alert ADD COLUMN came_with BIGINT NOT NULL DEFAULT 0;

-- Redmine's number of the parent that a ticket had when it was read last, where that was no incident's ticket that was known then. The outcome of
-- its creation may become known later.
ALTER TABLE ticket ADD COLUMN other_parent BIGINT;
CREATE INDEX ticket_other_parent ON ticket (other_parent) WHERE other_parent IS NOT NULL;
