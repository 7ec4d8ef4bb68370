ALTER TABLE account ADD COLUMN logged_out_at timestamptz;
COMMENT ON COLUMN account.logged_out_at IS 'personal: when the person last ended all sessions at once, or got another password';
ALTER TABLE account DROP COLUMN sessions_ended;
ALTER TABLE known_device DROP COLUMN device_id;
