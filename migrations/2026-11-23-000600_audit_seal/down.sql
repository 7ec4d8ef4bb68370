DROP TABLE audit_unsealed;
ALTER TABLE audit_seal
    DROP COLUMN format,
    DROP COLUMN key_id,
    DROP COLUMN digest,
    DROP COLUMN caught_up,
    ADD CONSTRAINT audit_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit_entry;
COMMENT ON COLUMN audit_seal.mac IS 'internal: HMAC over the one before and this entry';
