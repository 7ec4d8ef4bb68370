-- The audit log. The service may add and read, never change or remove: not by its own rules but by the database's.
--
-- Entries hold ids, codes and digests. What is personal lies beside them in audit_value, per person, and can be erased
-- without touching an entry. Sealing puts a row per entry into audit_seal rather than changing the entry.

CREATE TABLE audit_entry (
    id          uuid        PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    actor_id    uuid,
    capacity    text,
    action      text        NOT NULL,
    outcome     text        NOT NULL,
    object      text        NOT NULL,
    object_id   text,
    hearing_id  uuid,
    request_id  uuid,
    source      text,
    count       integer     NOT NULL DEFAULT 1,
    changes     jsonb       NOT NULL DEFAULT '[]'
);
CREATE INDEX audit_entry_by_time ON audit_entry (occurred_at DESC, id DESC);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, occurred_at DESC, id DESC);
CREATE INDEX audit_entry_by_hearing ON audit_entry (hearing_id, occurred_at DESC, id DESC);
CREATE INDEX audit_entry_by_action ON audit_entry (action, occurred_at DESC, id DESC);

COMMENT ON TABLE audit_entry IS 'Who did what, on which object, when, from where. Never changed, never removed.';
COMMENT ON COLUMN audit_entry.id IS 'internal: identifies the entry';
COMMENT ON COLUMN audit_entry.occurred_at IS 'internal: when';
COMMENT ON COLUMN audit_entry.actor_id IS 'internal: who; without a reference, because the log outlives the person''s account';
COMMENT ON COLUMN audit_entry.capacity IS 'internal: in what role';
COMMENT ON COLUMN audit_entry.action IS 'internal: what';
COMMENT ON COLUMN audit_entry.outcome IS 'internal: done or denied';
COMMENT ON COLUMN audit_entry.object IS 'internal: on what kind of thing';
COMMENT ON COLUMN audit_entry.object_id IS 'internal: on which one; without a reference, because the log outlives the thing';
COMMENT ON COLUMN audit_entry.hearing_id IS 'internal: the hearing it belongs to';
COMMENT ON COLUMN audit_entry.request_id IS 'internal: the request, as in the service''s log';
COMMENT ON COLUMN audit_entry.source IS 'internal: keyed digest of the client''s address';
COMMENT ON COLUMN audit_entry.count IS 'internal: how many alike events it stands for';
COMMENT ON COLUMN audit_entry.changes IS 'internal: [{field, old, new}]; personal values as salted digests';

CREATE TABLE audit_value (
    entry_id  uuid NOT NULL REFERENCES audit_entry,
    field     text NOT NULL,
    person_id uuid,
    old_value text,
    new_value text,
    salt      bytea NOT NULL,
    PRIMARY KEY (entry_id, field)
);
CREATE INDEX audit_value_by_person ON audit_value (person_id);

COMMENT ON TABLE audit_value IS 'Personal values of entries, erasable one person at a time.';
COMMENT ON COLUMN audit_value.entry_id IS 'internal: the entry';
COMMENT ON COLUMN audit_value.field IS 'internal: the field';
COMMENT ON COLUMN audit_value.person_id IS 'internal: whose value it is, where that is an account';
COMMENT ON COLUMN audit_value.old_value IS 'personal: the value before';
COMMENT ON COLUMN audit_value.new_value IS 'personal: the value after';
COMMENT ON COLUMN audit_value.salt IS 'internal: makes the entry''s digest of the value; without it the digest tells nothing';

CREATE TABLE audit_seal (
    position  bigint      PRIMARY KEY,
    entry_id  uuid        NOT NULL CONSTRAINT audit_seal_entry_unique UNIQUE REFERENCES audit_entry,
    mac       bytea       NOT NULL,
    sealed_at timestamptz NOT NULL
);

COMMENT ON TABLE audit_seal IS 'The chain over the entries, written by the one sealer.';
COMMENT ON COLUMN audit_seal.position IS 'internal: the place in the chain, from 1';
COMMENT ON COLUMN audit_seal.entry_id IS 'internal: the entry';
COMMENT ON COLUMN audit_seal.mac IS 'internal: HMAC over the one before and this entry';
COMMENT ON COLUMN audit_seal.sealed_at IS 'internal: when';

GRANT SELECT, INSERT ON audit_entry, audit_seal TO agora_service;
GRANT SELECT, INSERT, DELETE ON audit_value TO agora_service;

CREATE TABLE audit_tally (
    minute     timestamptz NOT NULL,
    action     text        NOT NULL,
    object     text        NOT NULL,
    object_id  text        NOT NULL,
    hearing_id uuid        NOT NULL,
    actor_id   uuid        NOT NULL,
    capacity   text,
    source     text        NOT NULL,
    count      integer     NOT NULL,
    PRIMARY KEY (minute, action, object, object_id, hearing_id, actor_id, source)
);

COMMENT ON TABLE audit_tally IS 'Refusals of the current minute, counted so that a flood of them becomes one entry each minute.';
COMMENT ON COLUMN audit_tally.minute IS 'internal: the minute';
COMMENT ON COLUMN audit_tally.action IS 'internal: what was refused';
COMMENT ON COLUMN audit_tally.object IS 'internal: on what kind of thing';
COMMENT ON COLUMN audit_tally.object_id IS 'internal: on which one; empty when unknown';
COMMENT ON COLUMN audit_tally.hearing_id IS 'internal: the hearing it belongs to; all zeros for none';
COMMENT ON COLUMN audit_tally.actor_id IS 'internal: who; all zeros for nobody known';
COMMENT ON COLUMN audit_tally.capacity IS 'internal: in what role';
COMMENT ON COLUMN audit_tally.source IS 'internal: keyed digest of the client''s address';
COMMENT ON COLUMN audit_tally.count IS 'internal: how often';

GRANT SELECT, INSERT, UPDATE, DELETE ON audit_tally TO agora_service;
