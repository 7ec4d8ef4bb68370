COMMENT ON COLUMN login_failure.subject IS 'internal: keyed digest of the user name, known or not, of the address or of both';
COMMENT ON TABLE login_failure IS 'Failed log-ins per user name, per client address and per both, for throttling.';
ALTER TABLE login_failure DROP COLUMN open_at;
DROP TABLE known_device;
ALTER TABLE account DROP COLUMN logged_out_at;
DROP INDEX credential_username_key_unique;
ALTER TABLE credential DROP COLUMN username_key;
CREATE UNIQUE INDEX credential_username_unique ON credential (lower(username));
COMMENT ON COLUMN credential.username IS 'personal: user name; unique whatever the case of its letters';
