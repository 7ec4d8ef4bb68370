ALTER TABLE hearing DROP COLUMN withdrawn_count;
DROP TABLE response_version;
ALTER TABLE response
    DROP CONSTRAINT response_withdrawn_says_nothing,
    DROP COLUMN withdrawn_at,
    DROP COLUMN edited_at,
    DROP COLUMN version;
COMMENT ON COLUMN response.draft_id IS 'internal: the draft it was; a draft is sent once';
COMMENT ON COLUMN response.sent_at IS 'none: when it was sent';
ALTER TABLE draft DROP COLUMN response_id;
