DROP TABLE response_attachment, draft_attachment, hearing_document;
DROP TRIGGER hearing_lets_go ON hearing;
ALTER TABLE hearing DROP COLUMN image_alternative_text, DROP COLUMN image_id;
DROP FUNCTION file_let_go;
DROP FUNCTION file_is_used;
DROP TABLE file;
