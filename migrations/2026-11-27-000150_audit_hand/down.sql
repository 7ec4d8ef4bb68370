DROP FUNCTION audit_record, audit_erase, audit_add_seals;
DROP INDEX audit_entry_erasures;
ALTER TABLE audit_entry DROP COLUMN recorded_at, DROP COLUMN transaction_id;
COMMENT ON COLUMN audit_entry.occurred_at IS 'internal: when';
GRANT INSERT ON audit_entry, audit_seal TO agora_service;
GRANT INSERT, DELETE ON audit_value, audit_unsealed TO agora_service;
