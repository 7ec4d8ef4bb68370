-- What a file says of the people who made it is for staff and its uploader alone. Everybody else gets a copy without it,
-- which is a second content in the file store.

ALTER TABLE file
    ADD COLUMN shown_id     uuid,
    ADD COLUMN shown_size   bigint CONSTRAINT file_shown_size_positive CHECK (shown_size > 0),
    ADD COLUMN shown_sha256 bytea  CONSTRAINT file_shown_sha256_length CHECK (octet_length(shown_sha256) = 32),
    ADD CONSTRAINT file_shown_whole CHECK (num_nonnulls(shown_id, shown_size, shown_sha256) IN (0, 3)),
    ADD CONSTRAINT file_shown_unique UNIQUE (shown_id);

COMMENT ON COLUMN file.shown_id IS 'internal: the copy of its content that is shown, in the file store; null when the original is';
COMMENT ON COLUMN file.shown_size IS 'none: bytes of the copy that is shown';
COMMENT ON COLUMN file.shown_sha256 IS 'internal: SHA-256 of the copy that is shown';
