ALTER TABLE conclusion_draft DROP COLUMN sitting_since;
DROP TABLE conclusion_version;
