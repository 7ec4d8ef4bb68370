DROP TRIGGER hearing_keeps_owner ON hearing_role;
DROP TRIGGER hearing_has_owner ON hearing;
DROP FUNCTION hearing_has_owner;
ALTER TABLE draft
    DROP CONSTRAINT draft_edits_own_response,
    ADD CONSTRAINT draft_response_id_fkey FOREIGN KEY (response_id) REFERENCES response ON DELETE CASCADE;
ALTER TABLE response DROP CONSTRAINT response_of_author_unique;
DROP INDEX response_one_standing;
