-- Invitees whose access was revoked. The role goes, which is what every read asks for; this says that it was there, and
-- why it is not any more, until the person is invited again.

CREATE TABLE hearing_revocation (
    hearing_id uuid        NOT NULL REFERENCES hearing ON DELETE CASCADE,
    account_id uuid        NOT NULL REFERENCES account,
    reason     text        NOT NULL CONSTRAINT hearing_revocation_reason_length
                                    CHECK (char_length(reason) BETWEEN 1 AND 500),
    revoked_by uuid        NOT NULL REFERENCES account,
    revoked_at timestamptz NOT NULL,
    PRIMARY KEY (hearing_id, account_id)
);
CREATE INDEX hearing_revocation_by_account ON hearing_revocation (account_id);

COMMENT ON TABLE hearing_revocation IS 'Invitees whose access to a hearing was revoked.';
COMMENT ON COLUMN hearing_revocation.hearing_id IS 'internal: the hearing';
COMMENT ON COLUMN hearing_revocation.account_id IS 'internal: whose access it was';
COMMENT ON COLUMN hearing_revocation.reason IS 'personal: why, in the words of who revoked it';
COMMENT ON COLUMN hearing_revocation.revoked_by IS 'internal: who revoked it';
COMMENT ON COLUMN hearing_revocation.revoked_at IS 'internal: when';

GRANT SELECT, INSERT, DELETE ON hearing_revocation TO agora_service;
