-- Answers: written as drafts, numbered when sent.

CREATE TABLE draft (
    id              uuid        PRIMARY KEY,
    version         bigint      NOT NULL DEFAULT 1,
    hearing_id      uuid        NOT NULL REFERENCES hearing ON DELETE CASCADE,
    author_id       uuid        NOT NULL REFERENCES account,
    text            text        NOT NULL DEFAULT '' CONSTRAINT draft_text_length CHECK (char_length(text) <= 50000),
    sections        jsonb       NOT NULL DEFAULT '[]',
    on_behalf_of    text        NOT NULL DEFAULT ''
                                CONSTRAINT draft_on_behalf_of_length CHECK (char_length(on_behalf_of) <= 200),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
-- One at a time, so that a second tab or a double click finds the first draft instead of making another.
CREATE UNIQUE INDEX draft_one_per_author ON draft (hearing_id, author_id);
CREATE INDEX draft_by_author ON draft (author_id, updated_at DESC, id);

COMMENT ON TABLE draft IS 'Unsent answers, seen by their author alone; gone when sent.';
COMMENT ON COLUMN draft.id IS 'internal: identifies the draft, and later the response it became';
COMMENT ON COLUMN draft.version IS 'none: counts every change';
COMMENT ON COLUMN draft.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN draft.author_id IS 'internal: who writes it';
COMMENT ON COLUMN draft.text IS 'personal: the answer to the hearing as a whole';
COMMENT ON COLUMN draft.sections IS 'personal: answers to single sections: [{section, text}]';
COMMENT ON COLUMN draft.on_behalf_of IS 'personal: whom it is given on behalf of';
COMMENT ON COLUMN draft.created_at IS 'internal: when it was begun';
COMMENT ON COLUMN draft.updated_at IS 'internal: when it was last saved';

CREATE TABLE response (
    id            uuid        PRIMARY KEY,
    hearing_id    uuid        NOT NULL REFERENCES hearing,
    draft_id      uuid        NOT NULL CONSTRAINT response_draft_unique UNIQUE,
    number        integer     NOT NULL CONSTRAINT response_number_positive CHECK (number > 0),
    author_id     uuid        NOT NULL REFERENCES account,
    capacity      text        NOT NULL CONSTRAINT response_capacity_known
                                       CHECK (capacity IN ('employee', 'citizen', 'company')),
    sender        text,
    on_behalf_of  text        NOT NULL CONSTRAINT response_on_behalf_of_length CHECK (char_length(on_behalf_of) <= 200),
    text          text        NOT NULL CONSTRAINT response_text_length CHECK (char_length(text) <= 50000),
    sections      jsonb       NOT NULL,
    terms_version text        NOT NULL,
    sent_at       timestamptz NOT NULL,
    CONSTRAINT response_number_unique UNIQUE (hearing_id, number)
);
CREATE INDEX response_by_author ON response (author_id, sent_at DESC, id);

COMMENT ON TABLE response IS 'Answers that were sent.';
COMMENT ON COLUMN response.id IS 'none: identifies the answer';
COMMENT ON COLUMN response.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN response.draft_id IS 'internal: the draft it was; a draft is sent once';
COMMENT ON COLUMN response.number IS 'none: 1, 2, 3, … in its hearing, without holes';
COMMENT ON COLUMN response.author_id IS 'internal: who sent it';
COMMENT ON COLUMN response.capacity IS 'none: in what role';
COMMENT ON COLUMN response.sender IS 'personal: what others see of the sender, as he was told before sending; null for nothing';
COMMENT ON COLUMN response.on_behalf_of IS 'personal: whom it was given on behalf of';
COMMENT ON COLUMN response.text IS 'personal: the answer to the hearing as a whole';
COMMENT ON COLUMN response.sections IS 'personal: answers to single sections with their titles then: [{section, title, text}]';
COMMENT ON COLUMN response.terms_version IS 'none: the information that was shown before sending';
COMMENT ON COLUMN response.sent_at IS 'none: when it was sent';

GRANT SELECT, INSERT, UPDATE, DELETE ON draft, response TO agora_service;
