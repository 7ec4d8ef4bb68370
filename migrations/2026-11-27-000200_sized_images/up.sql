-- Which images have no sizes is asked every few seconds: answered by a small index, and not by looking at all images.

ALTER TABLE hearing ADD COLUMN sized_image_id uuid;
COMMENT ON COLUMN hearing.sized_image_id IS 'none: its image, once that has sizes; null, or a former image, while it has none';

UPDATE hearing SET sized_image_id = image_id
    WHERE EXISTS (SELECT FROM hearing_image_size AS size WHERE size.hearing_id = hearing.id AND size.image_id = hearing.image_id);

CREATE INDEX hearing_by_image_without_sizes ON hearing (image_id)
    WHERE image_id IS NOT NULL AND image_id IS DISTINCT FROM sized_image_id;

CREATE FUNCTION hearing_image_sized() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sized uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.hearing_id ELSE NEW.hearing_id END;
BEGIN
    UPDATE hearing SET sized_image_id = (SELECT size.image_id FROM hearing_image_size AS size
            WHERE size.hearing_id = hearing.id AND size.image_id = hearing.image_id LIMIT 1)
        WHERE id = sized;
    RETURN NULL;
END $$;

CREATE TRIGGER hearing_image_size_is_noted AFTER INSERT OR DELETE ON hearing_image_size
    FOR EACH ROW EXECUTE FUNCTION hearing_image_sized();
