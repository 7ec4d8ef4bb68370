-- Seals of format 2 cover recorded_at and transaction_id. Without these columns no such entry could be proven any more.
DO $$
DECLARE
    covered bigint;
BEGIN
    SELECT count(*) INTO covered FROM audit_seal WHERE format >= 2;
    IF covered > 0 THEN
        RAISE EXCEPTION 'this migration cannot be taken back: % seals of the audit log cover recorded_at and transaction_id, and their entries could not be proven without them', covered
            USING HINT = 'To go back, restore the backup that was made before the upgrade.';
    END IF;
END $$;

DROP FUNCTION audit_record, audit_erase, audit_add_seals;
DROP INDEX audit_entry_erasures;
ALTER TABLE audit_entry DROP COLUMN recorded_at, DROP COLUMN transaction_id;
COMMENT ON COLUMN audit_entry.occurred_at IS 'internal: when';
GRANT INSERT ON audit_entry, audit_seal TO agora_service;
GRANT INSERT, DELETE ON audit_value, audit_unsealed TO agora_service;
