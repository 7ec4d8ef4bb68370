-- User names that are folded in one place, and devices that people have logged in on before.

-- What `identity/username.rs` makes of a name; a test compares the two. Not `lower` alone: it depends on the database's
-- locale, and the program has its own idea of it. Nor blanks alone around it: the program takes away line breaks too.
ALTER TABLE credential ADD COLUMN username_key text;
UPDATE credential
SET username_key = btrim(normalize(replace(replace(
    lower(translate(normalize(username, NFKC), U&'\200B\200C\200D\2060\FEFF\00AD', '') COLLATE "und-x-icu"),
    'ß', 'ss'), 'ς', 'σ'), NFKC), E' \t\n\u000b\f\r\u0085\u1680\u2028\u2029');
DO $$
DECLARE
    doubled text;
BEGIN
    SELECT string_agg(usernames, '; ') INTO doubled FROM (
        SELECT string_agg(quote_literal(username), ' and ' ORDER BY username) AS usernames FROM credential
        GROUP BY username_key HAVING count(*) > 1
    ) AS alike;
    IF doubled IS NOT NULL THEN
        RAISE EXCEPTION 'these user names are one by now: %; rename all but one of them, and migrate again', doubled;
    END IF;
END $$;
ALTER TABLE credential ALTER COLUMN username_key SET NOT NULL;
DROP INDEX credential_username_unique;
CREATE UNIQUE INDEX credential_username_key_unique ON credential (username_key);

COMMENT ON COLUMN credential.username IS 'personal: user name, as it was given';
COMMENT ON COLUMN credential.username_key IS 'personal: user name as it is found, folded by the service; unique';

-- Set when all sessions end at once. A login that was under way then opens none.
ALTER TABLE account ADD COLUMN logged_out_at timestamptz;
COMMENT ON COLUMN account.logged_out_at IS 'personal: when the person last ended all sessions at once, or got another password';

CREATE TABLE known_device (
    token_hash bytea       NOT NULL,
    account_id uuid        NOT NULL REFERENCES account ON DELETE CASCADE,
    used_at    timestamptz NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX known_device_by_account ON known_device (account_id, used_at);
CREATE INDEX known_device_by_use ON known_device (used_at);

COMMENT ON TABLE known_device IS 'Browsers that a person has logged in with: nobody elsewhere can lock the person out there.';
COMMENT ON COLUMN known_device.token_hash IS 'sensitive: SHA-256 of the cookie; the cookie itself is nowhere on the server';
COMMENT ON COLUMN known_device.account_id IS 'internal: who logged in with it';
COMMENT ON COLUMN known_device.used_at IS 'personal: when the person last logged in with it';

ALTER TABLE login_failure ADD COLUMN open_at timestamptz;
COMMENT ON TABLE login_failure IS 'Failed logins per account, client address, both, and known device, for throttling.';
COMMENT ON COLUMN login_failure.subject IS
    'internal: keyed digest of the account (or of the folded user name that has none), of the address, of both, or of the device';
COMMENT ON COLUMN login_failure.open_at IS 'internal: when the next attempt is looked at, where there were too many';

GRANT SELECT, INSERT, UPDATE, DELETE ON known_device TO agora_service;
