ALTER TABLE file DROP COLUMN shown_id, DROP COLUMN shown_size, DROP COLUMN shown_sha256;
