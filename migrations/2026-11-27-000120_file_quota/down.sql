DROP FUNCTION file_unsent_bytes;
DROP INDEX file_by_uploader_to_sweep;
ALTER TABLE file DROP COLUMN lost_at, DROP COLUMN shown_lost_at;
