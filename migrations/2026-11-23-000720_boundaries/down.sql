DROP INDEX hearing_by_start;
