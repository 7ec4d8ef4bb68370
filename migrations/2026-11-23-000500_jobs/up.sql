-- What happens after a request. A job is queued in the transaction of its cause and removed in that of its effect.

CREATE TABLE job (
    id         uuid        PRIMARY KEY,
    version    bigint      NOT NULL DEFAULT 1,
    kind       text        NOT NULL,
    payload    jsonb       NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    run_at     timestamptz NOT NULL,
    died_at    timestamptz,
    last_error text
);
CREATE INDEX job_by_turn ON job (run_at, id) WHERE died_at IS NULL;
CREATE INDEX job_by_age ON job (created_at DESC, id DESC);

COMMENT ON TABLE job IS 'The queue. Rows go when their work is done; what failed for good stays until somebody looks.';
COMMENT ON COLUMN job.id IS 'internal: identifies the job';
COMMENT ON COLUMN job.version IS 'none: counts every change';
COMMENT ON COLUMN job.kind IS 'none: what it does';
COMMENT ON COLUMN job.payload IS 'internal: ids it needs, never personal values';
COMMENT ON COLUMN job.attempts IS 'none: tries so far';
COMMENT ON COLUMN job.created_at IS 'none: when it was queued';
COMMENT ON COLUMN job.run_at IS 'none: when it is tried next';
COMMENT ON COLUMN job.died_at IS 'none: when it was given up';
COMMENT ON COLUMN job.last_error IS 'internal: why the last try failed';

GRANT SELECT, INSERT, UPDATE, DELETE ON job TO agora_service;
