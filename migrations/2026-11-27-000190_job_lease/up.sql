-- A job is leased while it is done, with no transaction open, and deadlines that were passed are looked for by their index; starts have one.

ALTER TABLE job ADD COLUMN lease uuid, ADD COLUMN leased_until timestamptz,
    ADD CONSTRAINT job_lease_ends CHECK ((lease IS NULL) = (leased_until IS NULL));

COMMENT ON COLUMN job.lease IS 'none: the try that has it now';
COMMENT ON COLUMN job.leased_until IS 'none: when another try may have it, by the database''s time';

CREATE INDEX hearing_by_passed_deadline ON hearing (deadline_at) WHERE published_at IS NOT NULL;
