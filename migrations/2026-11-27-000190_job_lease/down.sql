DROP INDEX hearing_by_passed_deadline;
ALTER TABLE job DROP COLUMN leased_until, DROP COLUMN lease;
