-- How often the list of an incident changed, so that a write sees what changed after the list was read for it.
ALTER TABLE incident ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
