-- How much everybody asked for in the current minute, for all servers together.

-- Unlogged: a count is worth a minute. So counting waits for no disk, and after a crash of the database, or on the
-- standby that takes its place, the minute begins anew. The room left in each page lets a count change in place.
CREATE UNLOGGED TABLE rate_count (
    minute   timestamptz NOT NULL,
    kind     text        NOT NULL CONSTRAINT rate_count_kind_known CHECK (kind IN ('change', 'upload', 'address')),
    subject  text        NOT NULL,
    requests integer     NOT NULL,
    PRIMARY KEY (minute, kind, subject)
) WITH (fillfactor = 50);

COMMENT ON TABLE rate_count IS 'Requests that changed something, a minute and person or place, for limits on them.';
COMMENT ON COLUMN rate_count.minute IS 'internal: the minute';
COMMENT ON COLUMN rate_count.kind IS 'none: changes or uploads of a person, or both from an address';
COMMENT ON COLUMN rate_count.subject IS 'internal: the person''s account, or a keyed digest of the address';
COMMENT ON COLUMN rate_count.requests IS 'internal: requests in this minute';

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_count TO agora_service;
