-- What the sealer needs. Nothing has been sealed before this migration, so audit_seal is empty.
--
-- Every entry is in exactly one of two places: among those that wait in audit_unsealed, written with the entry in the
-- same transaction, or in the chain. An entry in neither was not written by the service, or its seal was removed.

ALTER TABLE audit_seal
    ADD COLUMN format    integer NOT NULL,
    ADD COLUMN key_id    text    NOT NULL,
    ADD COLUMN digest    bytea   NOT NULL,
    ADD COLUMN caught_up boolean NOT NULL,
    -- That an entry is still there is proven by its seal's digest. A reference, which whoever owns the tables can drop
    -- with the entry, would only make every seal lock its entry's row, which means writing it again.
    DROP CONSTRAINT audit_seal_entry_id_fkey;

COMMENT ON COLUMN audit_seal.format IS 'internal: how the digest and the HMAC are made';
COMMENT ON COLUMN audit_seal.key_id IS 'internal: which key they were made with; tells nothing of the key itself';
COMMENT ON COLUMN audit_seal.digest IS 'internal: HMAC over the entry';
COMMENT ON COLUMN audit_seal.caught_up IS 'internal: whether nothing else waited when it was made';
COMMENT ON COLUMN audit_seal.mac IS 'internal: HMAC over the mac of the position before and the rest of this row';

CREATE TABLE audit_unsealed (
    entry_id  uuid        PRIMARY KEY,
    queued_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE audit_unsealed IS 'Entries that wait for their seal. Without a reference: it must outlive an entry that is removed before it is sealed.';
COMMENT ON COLUMN audit_unsealed.entry_id IS 'internal: the entry';
COMMENT ON COLUMN audit_unsealed.queued_at IS 'internal: since when, by the database''s clock: an entry''s own time may lie before it was written';

INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry;

GRANT SELECT, INSERT, DELETE ON audit_unsealed TO agora_service;
