-- A file that nobody has looked at yet is told from one that needs no copy, a loss keeps its kind, and who refers to files
-- stands in one view.

-- Servers of the version before write none of these columns: what they take in waits until it was looked at.
ALTER TABLE file
    ADD COLUMN shown_state text NOT NULL DEFAULT 'waiting'
                                CONSTRAINT file_shown_state_known CHECK (shown_state IN ('waiting', 'ready', 'refused')),
    ADD COLUMN loss        text CONSTRAINT file_loss_known CHECK (loss IN ('gone', 'damaged')),
    ADD COLUMN shown_loss  text CONSTRAINT file_shown_loss_known CHECK (shown_loss IN ('gone', 'damaged'));
CREATE INDEX file_by_waiting ON file (id) WHERE shown_state = 'waiting';

COMMENT ON COLUMN file.shown_state IS 'none: whether others get something of it than its uploader and those who process the response it hangs on: not before it was looked at (waiting), and not when no copy of it can be made (refused)';
COMMENT ON COLUMN file.shown_id IS 'internal: the copy of its content that is shown, in the file store; null when the original is, once shown_state says so';
COMMENT ON COLUMN file.loss IS 'internal: whether its content is gone or damaged; null when it is not lost, or was noted before kinds were';
COMMENT ON COLUMN file.shown_loss IS 'internal: the same of the copy that is shown';
COMMENT ON TABLE hearing_image_size IS 'Sizes of hearings'' images. None for images that were uploaded before there were sizes, until a job has made them.';

-- What has a copy was looked at, and sizes are made by the service. Of the others nobody knows; a job looks at them.
UPDATE file SET shown_state = 'ready' WHERE shown_id IS NOT NULL OR id IN (SELECT file_id FROM hearing_image_size);

-- The one list of what refers to files. Whoever adds a reference adds it here, and a trigger that lets go; a test asks.
CREATE VIEW file_reference AS
    SELECT file_id, true AS sent FROM hearing_document
    UNION ALL SELECT image_id, true FROM hearing WHERE image_id IS NOT NULL
    UNION ALL SELECT file_id, true FROM hearing_image_size
    UNION ALL SELECT file_id, false FROM draft_attachment
    UNION ALL SELECT file_id, true FROM response_attachment;

COMMENT ON VIEW file_reference IS 'What refers to files.';
COMMENT ON COLUMN file_reference.file_id IS 'internal: the file';
COMMENT ON COLUMN file_reference.sent IS 'none: whether it belongs to a hearing or a sent response, and not to an unsent one';
GRANT SELECT ON file_reference TO agora_service;

CREATE OR REPLACE FUNCTION file_is_used(file uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM file_reference WHERE file_id = $1)
$$;

CREATE OR REPLACE FUNCTION file_unsent_bytes(person uuid) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum(size + coalesce(shown_size, 0)), 0)::bigint FROM file
    WHERE id IN (
        SELECT id FROM file WHERE uploaded_by = $1 AND sweep_at IS NOT NULL
        UNION
        SELECT file_id FROM draft_attachment JOIN draft ON draft.id = draft_id WHERE author_id = $1
    )
    AND NOT EXISTS (SELECT FROM file_reference WHERE file_id = file.id AND sent)
$$;
