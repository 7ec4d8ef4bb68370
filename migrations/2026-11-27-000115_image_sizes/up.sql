-- The sizes in which a hearing's image is shown: made when it is uploaded, each with a file of its own, so that nothing
-- of what was uploaded reaches a browser.

CREATE TABLE hearing_image_size (
    hearing_id uuid    NOT NULL REFERENCES hearing ON DELETE CASCADE,
    image_id   uuid    NOT NULL,
    width      integer NOT NULL CONSTRAINT hearing_image_size_width_positive CHECK (width > 0),
    height     integer NOT NULL CONSTRAINT hearing_image_size_height_positive CHECK (height > 0),
    file_id    uuid    NOT NULL REFERENCES file,
    PRIMARY KEY (hearing_id, width)
);
CREATE INDEX hearing_image_size_by_file ON hearing_image_size (file_id);

COMMENT ON TABLE hearing_image_size IS 'Sizes of hearings'' images. None for images that were uploaded before there were sizes.';
COMMENT ON COLUMN hearing_image_size.hearing_id IS 'none: the hearing';
COMMENT ON COLUMN hearing_image_size.image_id IS 'none: the file of the image that it is a size of';
COMMENT ON COLUMN hearing_image_size.width IS 'none: pixels in a row';
COMMENT ON COLUMN hearing_image_size.height IS 'none: rows of pixels';
COMMENT ON COLUMN hearing_image_size.file_id IS 'internal: its own file';

CREATE OR REPLACE FUNCTION file_is_used(file uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM hearing_document WHERE file_id = $1)
        OR EXISTS (SELECT FROM hearing WHERE image_id = $1)
        OR EXISTS (SELECT FROM hearing_image_size WHERE file_id = $1)
        OR EXISTS (SELECT FROM draft_attachment WHERE file_id = $1)
        OR EXISTS (SELECT FROM response_attachment WHERE file_id = $1)
$$;

CREATE TRIGGER hearing_image_size_lets_go AFTER DELETE OR UPDATE OF file_id ON hearing_image_size
    FOR EACH ROW EXECUTE FUNCTION file_let_go('file_id');

GRANT SELECT, INSERT, DELETE ON hearing_image_size TO agora_service;
