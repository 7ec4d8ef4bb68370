CREATE OR REPLACE FUNCTION file_is_used(file uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM hearing_document WHERE file_id = $1)
        OR EXISTS (SELECT FROM hearing WHERE image_id = $1)
        OR EXISTS (SELECT FROM hearing_image_size WHERE file_id = $1)
        OR EXISTS (SELECT FROM draft_attachment WHERE file_id = $1)
        OR EXISTS (SELECT FROM response_attachment WHERE file_id = $1)
$$;

CREATE OR REPLACE FUNCTION file_unsent_bytes(person uuid) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum(size + coalesce(shown_size, 0)), 0)::bigint FROM file
    WHERE id IN (
        SELECT id FROM file WHERE uploaded_by = $1 AND sweep_at IS NOT NULL
        UNION
        SELECT file_id FROM draft_attachment JOIN draft ON draft.id = draft_id WHERE author_id = $1
    )
    AND NOT EXISTS (SELECT FROM hearing_document WHERE file_id = file.id)
    AND NOT EXISTS (SELECT FROM hearing WHERE image_id = file.id)
    AND NOT EXISTS (SELECT FROM hearing_image_size WHERE file_id = file.id)
    AND NOT EXISTS (SELECT FROM response_attachment WHERE file_id = file.id)
$$;

DROP VIEW file_reference;
DROP INDEX file_by_waiting;
COMMENT ON COLUMN file.shown_id IS 'internal: the copy of its content that is shown, in the file store; null when the original is';
COMMENT ON TABLE hearing_image_size IS 'Sizes of hearings'' images. None for images that were uploaded before there were sizes.';
ALTER TABLE file DROP COLUMN shown_state, DROP COLUMN loss, DROP COLUMN shown_loss;
DELETE FROM job WHERE kind IN ('file.look_at', 'hearing.image_sizes');
