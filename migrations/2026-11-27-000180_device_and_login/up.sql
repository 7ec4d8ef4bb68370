-- Devices that stay the same when their cookie changes, logins that are let in without comparing clocks, and user names
-- that are found without blanks of any kind around them.

-- Failures on a device are counted by it. The cookie's digest would not do: each login on the device replaces it, another
-- person's too, and counting would begin anew.
ALTER TABLE known_device ADD COLUMN device_id uuid;
UPDATE known_device SET device_id = device.id
FROM (SELECT token_hash, gen_random_uuid() AS id FROM known_device GROUP BY token_hash) AS device
WHERE device.token_hash = known_device.token_hash;
ALTER TABLE known_device ALTER COLUMN device_id SET NOT NULL;

COMMENT ON COLUMN known_device.device_id IS 'internal: the device, the same for all who logged in with it and after each login';

-- A time would be taken before the row's lock, and a login that began while it was waited for would pass.
ALTER TABLE account ADD COLUMN sessions_ended bigint NOT NULL DEFAULT 0;
ALTER TABLE account DROP COLUMN logged_out_at;

COMMENT ON COLUMN account.sessions_ended IS 'internal: how often all sessions were ended at once; a login that began before the last time opens none';

-- Until 27 November `known_devices` took away plain blanks alone, where the service takes away all of them.
DO $$
DECLARE
    doubled text;
BEGIN
    SELECT string_agg(usernames, '; ') INTO doubled FROM (
        SELECT string_agg(quote_literal(username), ' and ' ORDER BY username) AS usernames FROM credential
        GROUP BY btrim(username_key, E' \t\n\u000b\f\r\u0085\u1680\u2028\u2029') HAVING count(*) > 1
    ) AS alike;
    IF doubled IS NOT NULL THEN
        RAISE EXCEPTION 'these user names are one by now: %; rename all but one of them, and migrate again', doubled;
    END IF;
END $$;
UPDATE credential SET username_key = btrim(username_key, E' \t\n\u000b\f\r\u0085\u1680\u2028\u2029')
WHERE username_key <> btrim(username_key, E' \t\n\u000b\f\r\u0085\u1680\u2028\u2029');
