-- Who can log in, who is logged in.
--
-- Each column's comment begins with its class of data: none, internal, personal or sensitive. Subject export, erasure
-- and retention are derived from it. An id is never personal, an account's is internal: it names nobody without the
-- account's row, which is what erasure empties. So what only points at a person, the audit log above all, can stay.

-- The role the service runs as. The owner of the tables migrates; the service only gets what is granted below and in
-- the migrations that follow. Roles belong to the whole cluster, so another database may have made it already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'agora_service') THEN
        CREATE ROLE agora_service NOLOGIN;
    END IF;
END
$$;

CREATE TABLE account (
    id            uuid        PRIMARY KEY,
    name          text        NOT NULL CONSTRAINT account_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    email         text        NOT NULL CONSTRAINT account_email_length CHECK (char_length(email) BETWEEN 3 AND 200),
    department    text        CONSTRAINT account_department_length CHECK (char_length(department) BETWEEN 1 AND 200),
    created_at    timestamptz NOT NULL,
    last_login_at timestamptz
);
CREATE UNIQUE INDEX account_email_unique ON account (lower(email));
CREATE INDEX account_by_name ON account (name COLLATE "da-x-icu", id);

COMMENT ON TABLE account IS 'A person who can log in.';
COMMENT ON COLUMN account.id IS 'internal: identifies the person in every other table';
COMMENT ON COLUMN account.name IS 'personal: full name';
COMMENT ON COLUMN account.email IS 'personal: where mail goes; unique whatever the case of its letters';
COMMENT ON COLUMN account.department IS 'personal: department in the municipality';
COMMENT ON COLUMN account.created_at IS 'internal: when the person first became known';
COMMENT ON COLUMN account.last_login_at IS 'personal: when the person last logged in';

CREATE TABLE account_role (
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    role       text NOT NULL CONSTRAINT account_role_known
                             CHECK (role IN ('administrator', 'hearing_creator', 'auditor')),
    PRIMARY KEY (account_id, role)
);

COMMENT ON TABLE account_role IS 'Roles that hold everywhere, as the identity provider gave them at the last log-in.';
COMMENT ON COLUMN account_role.account_id IS 'internal: the person';
COMMENT ON COLUMN account_role.role IS 'internal: the role';

CREATE TABLE credential (
    account_id    uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    username      text NOT NULL CONSTRAINT credential_username_length CHECK (char_length(username) BETWEEN 1 AND 200),
    password_hash text NOT NULL
);
CREATE UNIQUE INDEX credential_username_unique ON credential (lower(username));

COMMENT ON TABLE credential IS 'How somebody logs in with a built-in account.';
COMMENT ON COLUMN credential.account_id IS 'internal: the person';
COMMENT ON COLUMN credential.username IS 'personal: user name; unique whatever the case of its letters';
COMMENT ON COLUMN credential.password_hash IS 'sensitive: argon2id in PHC form';

CREATE TABLE session (
    id           uuid        PRIMARY KEY,
    token_hash   bytea       NOT NULL CONSTRAINT session_token_hash_unique UNIQUE,
    account_id   uuid        NOT NULL REFERENCES account ON DELETE CASCADE,
    capacity     text        NOT NULL CONSTRAINT session_capacity_known
                                      CHECK (capacity IN ('employee', 'citizen', 'company')),
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    revoked_at   timestamptz
);
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_last_use ON session (last_used_at);

COMMENT ON TABLE session IS 'Log-ins. Ends by disuse, by age and by being revoked, whichever comes first.';
COMMENT ON COLUMN session.id IS 'internal: names the log-in in the audit log';
COMMENT ON COLUMN session.token_hash IS 'sensitive: SHA-256 of the cookie; the cookie itself is nowhere on the server';
COMMENT ON COLUMN session.account_id IS 'internal: who is logged in';
COMMENT ON COLUMN session.capacity IS 'internal: in what role';
COMMENT ON COLUMN session.created_at IS 'personal: when the person logged in';
COMMENT ON COLUMN session.last_used_at IS 'personal: when the log-in was last used, to the minute';
COMMENT ON COLUMN session.revoked_at IS 'internal: when it was ended before its time';

CREATE TABLE login_failure (
    subject      text        NOT NULL,
    window_start timestamptz NOT NULL,
    failures     integer     NOT NULL,
    PRIMARY KEY (subject)
);
CREATE INDEX login_failure_by_window ON login_failure (window_start);

COMMENT ON TABLE login_failure IS 'Failed log-ins per user name, per client address and per both, for throttling.';
COMMENT ON COLUMN login_failure.subject IS 'internal: keyed digest of the user name, known or not, of the address or of both';
COMMENT ON COLUMN login_failure.window_start IS 'internal: when counting began';
COMMENT ON COLUMN login_failure.failures IS 'internal: failures since then';

CREATE TABLE idempotency_key (
    account_id   uuid        NOT NULL REFERENCES account ON DELETE CASCADE,
    operation    text        NOT NULL,
    key          text        NOT NULL CONSTRAINT idempotency_key_length CHECK (char_length(key) BETWEEN 1 AND 100),
    request_hash bytea       NOT NULL,
    object_id    uuid,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, operation, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

COMMENT ON TABLE idempotency_key IS 'Requests that were carried out, so that sending one again gives the same thing again.';
COMMENT ON COLUMN idempotency_key.account_id IS 'internal: who asked';
COMMENT ON COLUMN idempotency_key.operation IS 'none: which operation';
COMMENT ON COLUMN idempotency_key.key IS 'internal: the key the caller chose';
COMMENT ON COLUMN idempotency_key.request_hash IS 'internal: SHA-256 of the request, so that another one with the same key is told apart';
COMMENT ON COLUMN idempotency_key.object_id IS 'internal: what the request made; filled in by the transaction that carries it out';
COMMENT ON COLUMN idempotency_key.created_at IS 'internal: when';

GRANT SELECT, INSERT, UPDATE, DELETE
    ON account, account_role, credential, session, login_failure, idempotency_key TO agora_service;
-- To tell whether the database is as new as the server.
GRANT SELECT ON __diesel_schema_migrations TO agora_service;
