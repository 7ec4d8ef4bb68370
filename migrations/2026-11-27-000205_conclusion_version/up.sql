-- What the draft of a conclusion said before another person went on with it, or before another sitting.

CREATE TABLE conclusion_version (
    hearing_id  uuid        NOT NULL REFERENCES hearing ON DELETE CASCADE,
    version     bigint      NOT NULL,
    text        text        NOT NULL CONSTRAINT conclusion_version_text_length CHECK (char_length(text) <= 50000),
    saved_by    uuid        NOT NULL REFERENCES account,
    saved_at    timestamptz NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (hearing_id, version)
);

COMMENT ON TABLE conclusion_version IS 'Earlier versions of conclusions, seen by owners and case workers; they stay when the conclusion is given.';
COMMENT ON COLUMN conclusion_version.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN conclusion_version.version IS 'internal: the version that the draft had';
COMMENT ON COLUMN conclusion_version.text IS 'internal: the text as it was, in Markdown';
COMMENT ON COLUMN conclusion_version.saved_by IS 'internal: who saved it';
COMMENT ON COLUMN conclusion_version.saved_at IS 'internal: when it was saved';
COMMENT ON COLUMN conclusion_version.replaced_at IS 'internal: when another text took its place';

GRANT SELECT, INSERT ON conclusion_version TO agora_service;

-- A sitting ends when what was written is kept as a version.
ALTER TABLE conclusion_draft ADD COLUMN sitting_since timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN conclusion_draft.sitting_since IS 'internal: when the draft was begun or last kept as a version';
