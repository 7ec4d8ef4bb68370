-- Files: rows here, contents in the file store under the row's id. A row is written before its content is stored, so
-- that there is never a content nobody knows of.

CREATE TABLE file (
    id          uuid        PRIMARY KEY,
    uploaded_by uuid        NOT NULL REFERENCES account,
    name        text        NOT NULL CONSTRAINT file_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    file_type   text        NOT NULL,
    size        bigint      NOT NULL CONSTRAINT file_size_positive CHECK (size > 0),
    sha256      bytea       NOT NULL CONSTRAINT file_sha256_length CHECK (octet_length(sha256) = 32),
    scan_state  text        NOT NULL CONSTRAINT file_scan_state_known
                                     CHECK (scan_state IN ('not_scanned', 'waiting', 'clean', 'infected')),
    created_at  timestamptz NOT NULL,
    sweep_at    timestamptz
);
CREATE INDEX file_by_sweep ON file (sweep_at) WHERE sweep_at IS NOT NULL;

COMMENT ON TABLE file IS 'Files that were uploaded. A file belongs to whatever refers to it, and goes when nothing does.';
COMMENT ON COLUMN file.id IS 'internal: identifies the file, here and in the file store';
COMMENT ON COLUMN file.uploaded_by IS 'internal: who uploaded it';
COMMENT ON COLUMN file.name IS 'personal: what whoever uploaded it called it';
COMMENT ON COLUMN file.file_type IS 'none: what its content is';
COMMENT ON COLUMN file.size IS 'none: bytes';
COMMENT ON COLUMN file.sha256 IS 'internal: SHA-256 of its content';
COMMENT ON COLUMN file.scan_state IS 'none: what is known of its harmlessness';
COMMENT ON COLUMN file.created_at IS 'internal: when it was uploaded';
COMMENT ON COLUMN file.sweep_at IS 'internal: when it is next asked whether anything refers to it; null until something lets go of it';

CREATE TABLE hearing_document (
    id         uuid    PRIMARY KEY,
    version    bigint  NOT NULL DEFAULT 1,
    hearing_id uuid    NOT NULL REFERENCES hearing ON DELETE CASCADE,
    file_id    uuid    NOT NULL REFERENCES file,
    position   integer NOT NULL,
    title      text    NOT NULL CONSTRAINT hearing_document_title_length CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT hearing_document_position_unique UNIQUE (hearing_id, position)
);
CREATE INDEX hearing_document_by_file ON hearing_document (file_id);

COMMENT ON TABLE hearing_document IS 'Documents of hearings.';
COMMENT ON COLUMN hearing_document.id IS 'none: identifies the document';
COMMENT ON COLUMN hearing_document.version IS 'none: counts every change';
COMMENT ON COLUMN hearing_document.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN hearing_document.file_id IS 'internal: its file';
COMMENT ON COLUMN hearing_document.position IS 'none: its place; places may be empty';
COMMENT ON COLUMN hearing_document.title IS 'none: what it is called on the hearing''s page';

ALTER TABLE hearing
    ADD COLUMN image_id               uuid REFERENCES file,
    ADD COLUMN image_alternative_text text NOT NULL DEFAULT ''
                                      CONSTRAINT hearing_image_alternative_text_length
                                      CHECK (char_length(image_alternative_text) <= 300);
CREATE INDEX hearing_by_image ON hearing (image_id) WHERE image_id IS NOT NULL;
COMMENT ON COLUMN hearing.image_id IS 'none: the file of its picture';
COMMENT ON COLUMN hearing.image_alternative_text IS 'none: what stands for the picture where it cannot be seen';

CREATE TABLE draft_attachment (
    draft_id uuid    NOT NULL REFERENCES draft ON DELETE CASCADE,
    file_id  uuid    NOT NULL REFERENCES file,
    position integer NOT NULL,
    PRIMARY KEY (draft_id, file_id),
    CONSTRAINT draft_attachment_position_unique UNIQUE (draft_id, position)
);
CREATE INDEX draft_attachment_by_file ON draft_attachment (file_id);

COMMENT ON TABLE draft_attachment IS 'Files of unsent answers.';
COMMENT ON COLUMN draft_attachment.draft_id IS 'internal: the unsent answer';
COMMENT ON COLUMN draft_attachment.file_id IS 'internal: the file';
COMMENT ON COLUMN draft_attachment.position IS 'none: its place; places may be empty';

CREATE TABLE response_attachment (
    response_id uuid    NOT NULL REFERENCES response ON DELETE CASCADE,
    version     bigint  NOT NULL,
    file_id     uuid    NOT NULL REFERENCES file,
    position    integer NOT NULL,
    PRIMARY KEY (response_id, version, file_id),
    CONSTRAINT response_attachment_position_unique UNIQUE (response_id, version, position)
);
CREATE INDEX response_attachment_by_file ON response_attachment (file_id);

COMMENT ON TABLE response_attachment IS 'Files of answers, as each version of them was sent.';
COMMENT ON COLUMN response_attachment.response_id IS 'none: the answer';
COMMENT ON COLUMN response_attachment.version IS 'none: the version of the answer';
COMMENT ON COLUMN response_attachment.file_id IS 'internal: the file';
COMMENT ON COLUMN response_attachment.position IS 'none: its place; places may be empty';

-- Whether anything refers to a file. Whoever adds a reference adds it here, and the trigger below; a test asks.
CREATE FUNCTION file_is_used(file uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM hearing_document WHERE file_id = $1)
        OR EXISTS (SELECT FROM hearing WHERE image_id = $1)
        OR EXISTS (SELECT FROM draft_attachment WHERE file_id = $1)
        OR EXISTS (SELECT FROM response_attachment WHERE file_id = $1)
$$;

-- Has it asked soon whether anything else refers to a file that a row has let go of, whatever made it: a change, a
-- deletion, or the deletion of what it belongs to. The argument names the column.
CREATE FUNCTION file_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE file SET sweep_at = '-infinity' WHERE id = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid;
    RETURN NULL;
END
$$;

CREATE TRIGGER hearing_document_lets_go AFTER DELETE OR UPDATE OF file_id ON hearing_document
    FOR EACH ROW EXECUTE FUNCTION file_let_go('file_id');
CREATE TRIGGER hearing_lets_go AFTER DELETE OR UPDATE OF image_id ON hearing
    FOR EACH ROW WHEN (OLD.image_id IS NOT NULL) EXECUTE FUNCTION file_let_go('image_id');
CREATE TRIGGER draft_attachment_lets_go AFTER DELETE OR UPDATE OF file_id ON draft_attachment
    FOR EACH ROW EXECUTE FUNCTION file_let_go('file_id');
CREATE TRIGGER response_attachment_lets_go AFTER DELETE OR UPDATE OF file_id ON response_attachment
    FOR EACH ROW EXECUTE FUNCTION file_let_go('file_id');

GRANT SELECT, INSERT, UPDATE, DELETE ON file, hearing_document, draft_attachment TO agora_service;
GRANT SELECT, INSERT ON response_attachment TO agora_service;
