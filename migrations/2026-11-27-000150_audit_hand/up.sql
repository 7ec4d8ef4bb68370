-- Entries get their time and their transaction from the database's own hand.
--
-- The service's role writes to the log through three functions and in no other way. They run as the owner of the tables,
-- who made them, and what they write of their own accord cannot be told to them: when an entry was recorded, by which
-- transaction, since when it waits for its seal, and that an erasure is an entry.

ALTER TABLE audit_entry
    ADD COLUMN recorded_at    timestamptz,
    ADD COLUMN transaction_id bigint;

COMMENT ON COLUMN audit_entry.occurred_at IS 'internal: when, by the service''s clock';
COMMENT ON COLUMN audit_entry.recorded_at IS 'internal: when it was written, by the database''s clock; absent from entries sealed before there was this column';
COMMENT ON COLUMN audit_entry.transaction_id IS 'internal: the transaction that wrote it, as pg_current_xact_id() counts them; absent as recorded_at is';

-- What waits has no seal yet, so it may still get what all entries have from now on.
UPDATE audit_entry SET recorded_at = queued_at, transaction_id = pg_current_xact_id()::text::bigint
FROM audit_unsealed
WHERE entry_id = id AND NOT EXISTS (SELECT FROM audit_seal WHERE audit_seal.entry_id = id);

-- What verify looks for: which erasures there were.
CREATE INDEX audit_entry_erasures ON audit_entry (id) WHERE action = 'audit.values_erased';

CREATE FUNCTION audit_record(
    id uuid, occurred_at timestamptz, actor_id uuid, capacity text, action text, outcome text, object text,
    object_id text, hearing_id uuid, request_id uuid, source text, count integer, changes jsonb,
    fields text[], persons uuid[], olds text[], news text[], salts bytea[]
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    recorded CONSTANT timestamptz := clock_timestamp();
BEGIN
    INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object, object_id, hearing_id,
        request_id, source, count, changes, recorded_at, transaction_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, recorded, pg_current_xact_id()::text::bigint);
    -- A trigger that somebody made can swallow rows without an error.
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the audit entry was not written';
    END IF;
    INSERT INTO audit_unsealed (entry_id, queued_at) VALUES ($1, recorded);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the audit entry does not wait for its seal';
    END IF;
    IF cardinality($14) > 0 THEN
        INSERT INTO audit_value (entry_id, field, person_id, old_value, new_value, salt)
        SELECT $1, * FROM unnest($14, $15, $16, $17, $18);
    END IF;
    RETURN recorded;
END $$;

COMMENT ON FUNCTION audit_record IS 'Adds an entry with its personal values and has it wait for its seal; gives when that was, by the database''s clock.';

CREATE FUNCTION audit_erase(
    entry_id uuid, occurred_at timestamptz, actor_id uuid, capacity text, request_id uuid, source text, person_id uuid
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    erased bigint;
BEGIN
    DELETE FROM audit_value WHERE person_id = $7;
    GET DIAGNOSTICS erased = ROW_COUNT;
    IF erased > 0 THEN
        PERFORM audit_record($1, $2, $3, $4, 'audit.values_erased', 'done', 'account', $7::text, NULL, $5, $6,
            erased::integer, '[]', '{}', '{}', '{}', '{}', '{}');
    END IF;
    RETURN erased;
END $$;

COMMENT ON FUNCTION audit_erase IS 'Erases a person''s values and adds the entry that tells of it; gives how many they were.';

-- Seals tell when they were made, and their MACs cover it: so the time comes in, and has to be the database's.
CREATE FUNCTION audit_add_seals(
    positions bigint[], entries uuid[], digests bytea[], macs bytea[], caught_up boolean[], sealed_at timestamptz,
    format integer, key_id text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    taken bigint;
BEGIN
    IF $6 NOT BETWEEN transaction_timestamp() AND clock_timestamp() THEN
        RAISE EXCEPTION 'a seal is dated % and made at %', $6, clock_timestamp();
    END IF;
    DELETE FROM audit_unsealed WHERE entry_id = ANY($2);
    GET DIAGNOSTICS taken = ROW_COUNT;
    IF taken <> cardinality($2) THEN
        RAISE EXCEPTION 'what is sealed must have been waiting for it';
    END IF;
    IF $1[1] <> (SELECT coalesce(max(position), 0) + 1 FROM audit_seal) THEN
        RAISE EXCEPTION 'a seal must follow the newest one';
    END IF;
    INSERT INTO audit_seal (position, entry_id, digest, mac, caught_up, sealed_at, format, key_id)
    SELECT *, $6, $7, $8 FROM unnest($1, $2, $3, $4, $5);
    RETURN taken;
END $$;

COMMENT ON FUNCTION audit_add_seals IS 'Adds seals behind the newest one and takes their entries from those that wait; gives how many they were.';

REVOKE INSERT ON audit_entry, audit_seal FROM agora_service;
REVOKE INSERT, DELETE ON audit_value, audit_unsealed FROM agora_service;
REVOKE ALL ON FUNCTION audit_record, audit_erase, audit_add_seals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_record, audit_erase, audit_add_seals TO agora_service;
