DELETE FROM rate_count WHERE kind = 'document';
ALTER TABLE rate_count DROP CONSTRAINT rate_count_kind_known;
ALTER TABLE rate_count
    ADD CONSTRAINT rate_count_kind_known CHECK (kind IN ('change', 'upload', 'address'));

COMMENT ON TABLE rate_count IS 'Requests that changed something, a minute and person or place, for limits on them.';
COMMENT ON COLUMN rate_count.kind IS 'none: changes or uploads of a person, or both from an address';
