-- The conclusion of a hearing while its owners and case workers write it.

CREATE TABLE conclusion_draft (
    hearing_id uuid        PRIMARY KEY REFERENCES hearing ON DELETE CASCADE,
    version    bigint      NOT NULL CONSTRAINT conclusion_draft_version_after_empty CHECK (version > 1),
    text       text        NOT NULL CONSTRAINT conclusion_draft_text_length CHECK (char_length(text) <= 50000),
    updated_by uuid        NOT NULL REFERENCES account,
    updated_at timestamptz NOT NULL
);

COMMENT ON TABLE conclusion_draft IS 'Conclusions that are being written, seen by owners and case workers; gone when given. No row: empty, at version 1.';
COMMENT ON COLUMN conclusion_draft.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN conclusion_draft.version IS 'internal: counts every save';
COMMENT ON COLUMN conclusion_draft.text IS 'internal: the text as far as it is written, in Markdown';
COMMENT ON COLUMN conclusion_draft.updated_by IS 'internal: who saved it last';
COMMENT ON COLUMN conclusion_draft.updated_at IS 'internal: when it was last saved';

GRANT SELECT, INSERT, UPDATE, DELETE ON conclusion_draft TO agora_service;
