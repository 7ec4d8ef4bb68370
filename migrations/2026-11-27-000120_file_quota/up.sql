-- What is known to be lost of files, and how much one person has uploaded that belongs to nothing sent.

ALTER TABLE file
    ADD COLUMN lost_at       timestamptz,
    ADD COLUMN shown_lost_at timestamptz,
    ADD CONSTRAINT file_shown_lost_of_a_copy CHECK (shown_lost_at IS NULL OR shown_id IS NOT NULL);
COMMENT ON COLUMN file.lost_at IS 'internal: when its content was found missing or damaged; null as far as is known, and when it is found again';
COMMENT ON COLUMN file.shown_lost_at IS 'internal: the same of the copy that is shown';
CREATE INDEX file_by_loss ON file (id) WHERE lost_at IS NOT NULL OR shown_lost_at IS NOT NULL;
CREATE INDEX file_by_uploader_to_sweep ON file (uploaded_by) WHERE sweep_at IS NOT NULL;

-- Bytes that are stored of what a person has uploaded and that belong to nothing sent or published: files of unsent
-- responses, and those that nothing refers to yet or any more. Copies that are shown count too.
CREATE FUNCTION file_unsent_bytes(person uuid) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
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
