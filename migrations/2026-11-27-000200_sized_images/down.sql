DROP TRIGGER hearing_image_size_is_noted ON hearing_image_size;
DROP FUNCTION hearing_image_sized();
DROP INDEX hearing_by_image_without_sizes;
ALTER TABLE hearing DROP COLUMN sized_image_id;
