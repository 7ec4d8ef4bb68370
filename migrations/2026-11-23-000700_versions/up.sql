-- Answers can be edited and withdrawn until the deadline. What an answer says now is in `response`; what it said before,
-- for the staff of its hearing alone, in `response_version`. Of a withdrawn answer `response` says nothing any more, so
-- that nothing which reads it can show what is gone.

ALTER TABLE draft ADD COLUMN response_id uuid REFERENCES response ON DELETE CASCADE;
COMMENT ON COLUMN draft.response_id IS 'internal: the sent answer it is an edit of; null for a new answer';
CREATE INDEX draft_by_response ON draft (response_id);

ALTER TABLE response
    ADD COLUMN version      bigint NOT NULL DEFAULT 1,
    ADD COLUMN edited_at    timestamptz,
    ADD COLUMN withdrawn_at timestamptz,
    ADD CONSTRAINT response_withdrawn_says_nothing
        CHECK (withdrawn_at IS NULL OR (text = '' AND sections = '[]' AND on_behalf_of = '' AND sender IS NULL));
COMMENT ON COLUMN response.version IS 'none: 1 as it was sent first, and one more for every edit and for the withdrawal';
COMMENT ON COLUMN response.edited_at IS 'none: when it was last edited';
COMMENT ON COLUMN response.withdrawn_at IS 'none: when it was withdrawn';
COMMENT ON COLUMN response.draft_id IS 'internal: the draft it says what of; a draft is sent once';
COMMENT ON COLUMN response.sent_at IS 'none: when it was sent first';

CREATE TABLE response_version (
    response_id   uuid        NOT NULL REFERENCES response ON DELETE CASCADE,
    version       bigint      NOT NULL,
    draft_id      uuid        NOT NULL CONSTRAINT response_version_draft_unique UNIQUE,
    sender        text,
    on_behalf_of  text        NOT NULL,
    text          text        NOT NULL,
    sections      jsonb       NOT NULL,
    terms_version text        NOT NULL,
    sent_at       timestamptz NOT NULL,
    replaced_at   timestamptz NOT NULL,
    PRIMARY KEY (response_id, version)
);
COMMENT ON TABLE response_version IS 'What answers said before they were edited or withdrawn.';
COMMENT ON COLUMN response_version.response_id IS 'none: the answer';
COMMENT ON COLUMN response_version.version IS 'none: which version';
COMMENT ON COLUMN response_version.draft_id IS 'internal: the draft it was';
COMMENT ON COLUMN response_version.sender IS 'personal: what others saw of the sender';
COMMENT ON COLUMN response_version.on_behalf_of IS 'personal: whom it was given on behalf of';
COMMENT ON COLUMN response_version.text IS 'personal: the answer to the hearing as a whole';
COMMENT ON COLUMN response_version.sections IS 'personal: answers to single sections: [{section, title, text}]';
COMMENT ON COLUMN response_version.terms_version IS 'none: the information that was shown before sending';
COMMENT ON COLUMN response_version.sent_at IS 'none: when this version was sent';
COMMENT ON COLUMN response_version.replaced_at IS 'none: when the next one replaced it, or the answer was withdrawn';
GRANT SELECT, INSERT, DELETE ON response_version TO agora_service;

ALTER TABLE hearing ADD COLUMN withdrawn_count integer NOT NULL DEFAULT 0
    CONSTRAINT hearing_withdrawn_count_within CHECK (withdrawn_count BETWEEN 0 AND response_count);
COMMENT ON COLUMN hearing.withdrawn_count IS 'none: how many of its answers were withdrawn';
