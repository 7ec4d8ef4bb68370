CREATE OR REPLACE FUNCTION file_is_used(file uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM hearing_document WHERE file_id = $1)
        OR EXISTS (SELECT FROM hearing WHERE image_id = $1)
        OR EXISTS (SELECT FROM draft_attachment WHERE file_id = $1)
        OR EXISTS (SELECT FROM response_attachment WHERE file_id = $1)
$$;
-- Dropping a table fires no trigger: their files are let go of here, and swept.
UPDATE file SET sweep_at = '-infinity' WHERE id IN (SELECT file_id FROM hearing_image_size);
DROP TABLE hearing_image_size;
