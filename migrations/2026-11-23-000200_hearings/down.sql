DROP TABLE hearing_boundary, hearing_role, hearing_section;
DROP FUNCTION hearing_status;
DROP TABLE hearing;
