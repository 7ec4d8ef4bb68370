-- Hearings. Decisions and times are stored; the status is computed from them and the clock.

CREATE TABLE hearing (
    id                   uuid        PRIMARY KEY,
    version              bigint      NOT NULL DEFAULT 1,
    title                text        NOT NULL CONSTRAINT hearing_title_length CHECK (char_length(title) <= 120),
    summary              text        NOT NULL DEFAULT ''
                                     CONSTRAINT hearing_summary_length CHECK (char_length(summary) <= 500),
    audience             text        NOT NULL DEFAULT 'internal'
                                     CONSTRAINT hearing_audience_known CHECK (audience IN ('internal', 'public')),
    invitation_only      boolean     NOT NULL DEFAULT false,
    starts_on            date,
    starts_at            timestamptz,
    deadline_on          date,
    deadline_at          timestamptz,
    contact_name         text        NOT NULL DEFAULT ''
                                     CONSTRAINT hearing_contact_name_length CHECK (char_length(contact_name) <= 200),
    contact_department   text        NOT NULL DEFAULT ''
                                     CONSTRAINT hearing_contact_department_length
                                     CHECK (char_length(contact_department) <= 200),
    contact_email        text        NOT NULL DEFAULT ''
                                     CONSTRAINT hearing_contact_email_length CHECK (char_length(contact_email) <= 200),
    contact_phone        text        NOT NULL DEFAULT ''
                                     CONSTRAINT hearing_contact_phone_length CHECK (char_length(contact_phone) <= 200),
    responses_shown      text        NOT NULL DEFAULT 'after_deadline'
                                     CONSTRAINT hearing_responses_shown_known
                                     CHECK (responses_shown IN ('never', 'when_approved', 'after_deadline')),
    respondent_shown     text        NOT NULL DEFAULT 'department'
                                     CONSTRAINT hearing_respondent_shown_known
                                     CHECK (respondent_shown IN ('name_and_department', 'department', 'nothing')),
    response_count       integer     NOT NULL DEFAULT 0,
    conclusion           text        CONSTRAINT hearing_conclusion_length CHECK (char_length(conclusion) <= 50000),
    published_at         timestamptz,
    cancelled_at         timestamptz,
    concluded_at         timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL,
    search               tsvector    NOT NULL DEFAULT ''::tsvector,
    CONSTRAINT hearing_published_is_timed
        CHECK (published_at IS NULL OR (starts_at IS NOT NULL AND deadline_at IS NOT NULL)),
    CONSTRAINT hearing_starts_before_deadline
        CHECK (published_at IS NULL OR starts_at < deadline_at),
    CONSTRAINT hearing_deadline_whole
        CHECK ((deadline_on IS NULL) = (deadline_at IS NULL)),
    CONSTRAINT hearing_concluded_with_text
        CHECK ((concluded_at IS NULL) = (conclusion IS NULL)),
    CONSTRAINT hearing_concluded_or_cancelled_after_publication
        CHECK (published_at IS NOT NULL OR (concluded_at IS NULL AND cancelled_at IS NULL))
);
CREATE INDEX hearing_by_deadline ON hearing (deadline_at, id);
CREATE INDEX hearing_by_update ON hearing (updated_at, id);
CREATE INDEX hearing_by_title ON hearing (title COLLATE "da-x-icu", id);
CREATE INDEX hearing_by_words ON hearing USING gin (search);

COMMENT ON TABLE hearing IS 'One proposal put in hearing, with its times and decisions.';
COMMENT ON COLUMN hearing.id IS 'none: identifies the hearing';
COMMENT ON COLUMN hearing.version IS 'none: counts every change';
COMMENT ON COLUMN hearing.title IS 'none: title';
COMMENT ON COLUMN hearing.summary IS 'none: summary in plain text';
COMMENT ON COLUMN hearing.audience IS 'none: whom it is for';
COMMENT ON COLUMN hearing.invitation_only IS 'none: whether only those invited see it and answer';
COMMENT ON COLUMN hearing.starts_on IS 'none: the day it starts, in Copenhagen';
COMMENT ON COLUMN hearing.starts_at IS 'none: the instant it starts; set by publishing';
COMMENT ON COLUMN hearing.deadline_on IS 'none: the last day for answers, in Copenhagen';
COMMENT ON COLUMN hearing.deadline_at IS 'none: the instant that day ends';
COMMENT ON COLUMN hearing.contact_name IS 'personal: whom to ask, as the owner made him known';
COMMENT ON COLUMN hearing.contact_department IS 'internal: his department';
COMMENT ON COLUMN hearing.contact_email IS 'personal: his e-mail address at work';
COMMENT ON COLUMN hearing.contact_phone IS 'personal: his phone at work';
COMMENT ON COLUMN hearing.responses_shown IS 'none: when others see the answers';
COMMENT ON COLUMN hearing.respondent_shown IS 'none: what others see of an employee who answers';
COMMENT ON COLUMN hearing.response_count IS 'none: answers sent, and so the last number given';
COMMENT ON COLUMN hearing.conclusion IS 'none: what came of it, in Markdown';
COMMENT ON COLUMN hearing.published_at IS 'none: when it was published';
COMMENT ON COLUMN hearing.cancelled_at IS 'none: when it was cancelled';
COMMENT ON COLUMN hearing.concluded_at IS 'none: when it was concluded';
COMMENT ON COLUMN hearing.created_at IS 'none: when it was begun';
COMMENT ON COLUMN hearing.updated_at IS 'none: when it was last changed';
COMMENT ON COLUMN hearing.search IS 'none: the words of title, summary and sections in Danish stems';

-- The status by the same rule as in Rust (api/src/hearings/rules.rs); a test compares the two.
CREATE FUNCTION hearing_status(
    published_at timestamptz, starts_at timestamptz, deadline_at timestamptz,
    cancelled_at timestamptz, concluded_at timestamptz, now timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN published_at IS NULL THEN 'draft'
        WHEN cancelled_at IS NOT NULL THEN 'cancelled'
        WHEN concluded_at IS NOT NULL THEN 'concluded'
        WHEN now < starts_at THEN 'scheduled'
        WHEN now < deadline_at THEN 'open'
        ELSE 'processing'
    END
$$;

CREATE TABLE hearing_section (
    id         uuid    PRIMARY KEY,
    hearing_id uuid    NOT NULL REFERENCES hearing ON DELETE CASCADE,
    position   integer NOT NULL,
    title      text    NOT NULL CONSTRAINT hearing_section_title_length CHECK (char_length(title) <= 120),
    body       text    NOT NULL CONSTRAINT hearing_section_body_length CHECK (char_length(body) <= 50000),
    -- Checked at commit, so that sections can change places in one transaction.
    CONSTRAINT hearing_section_position_unique UNIQUE (hearing_id, position) DEFERRABLE INITIALLY DEFERRED
);

COMMENT ON TABLE hearing_section IS 'A titled part of a hearing''s text.';
COMMENT ON COLUMN hearing_section.id IS 'none: stays the same however the section is edited or moved';
COMMENT ON COLUMN hearing_section.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN hearing_section.position IS 'none: its place, from 0';
COMMENT ON COLUMN hearing_section.title IS 'none: title';
COMMENT ON COLUMN hearing_section.body IS 'none: text in Markdown';

CREATE TABLE hearing_role (
    id          uuid        PRIMARY KEY,
    hearing_id  uuid        NOT NULL REFERENCES hearing ON DELETE CASCADE,
    account_id  uuid        NOT NULL REFERENCES account,
    role        text        NOT NULL CONSTRAINT hearing_role_known
                                     CHECK (role IN ('owner', 'case_worker', 'reviewer', 'invitee')),
    responsible boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL,
    CONSTRAINT hearing_role_unique UNIQUE (hearing_id, account_id, role),
    CONSTRAINT hearing_role_responsible_is_owner CHECK (NOT responsible OR role = 'owner')
);
CREATE UNIQUE INDEX hearing_role_one_responsible ON hearing_role (hearing_id) WHERE responsible;
CREATE INDEX hearing_role_by_account ON hearing_role (account_id, role, hearing_id);

COMMENT ON TABLE hearing_role IS 'Who does what on one hearing.';
COMMENT ON COLUMN hearing_role.id IS 'internal: identifies the assignment';
COMMENT ON COLUMN hearing_role.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN hearing_role.account_id IS 'internal: the person';
COMMENT ON COLUMN hearing_role.role IS 'personal: the role';
COMMENT ON COLUMN hearing_role.responsible IS 'internal: whether this is the responsible owner';
COMMENT ON COLUMN hearing_role.created_at IS 'internal: since when';

CREATE TABLE hearing_boundary (
    hearing_id uuid        NOT NULL REFERENCES hearing ON DELETE CASCADE,
    boundary   text        NOT NULL CONSTRAINT hearing_boundary_known CHECK (boundary IN ('opened', 'deadline_passed')),
    instant    timestamptz NOT NULL,
    noticed_at timestamptz NOT NULL,
    PRIMARY KEY (hearing_id, boundary, instant)
);

COMMENT ON TABLE hearing_boundary IS 'Boundaries in a hearing''s life that were noticed: each once.';
COMMENT ON COLUMN hearing_boundary.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN hearing_boundary.boundary IS 'none: which boundary';
COMMENT ON COLUMN hearing_boundary.instant IS 'none: where it lay; an extended deadline is another boundary';
COMMENT ON COLUMN hearing_boundary.noticed_at IS 'none: when the job for what follows was queued';

GRANT SELECT, INSERT, UPDATE, DELETE ON hearing, hearing_section, hearing_role TO agora_service;
GRANT SELECT, INSERT ON hearing_boundary TO agora_service;
