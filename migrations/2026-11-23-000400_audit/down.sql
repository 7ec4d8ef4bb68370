DROP TABLE audit_tally, audit_seal, audit_value, audit_entry;
