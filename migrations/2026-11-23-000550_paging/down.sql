DROP INDEX response_by_author;
CREATE INDEX response_by_author ON response (author_id, sent_at DESC, id);
DROP INDEX draft_by_author;
CREATE INDEX draft_by_author ON draft (author_id, updated_at DESC, id);

DROP INDEX hearing_by_deadline_descending;
DROP INDEX hearing_by_deadline;
CREATE INDEX hearing_by_deadline ON hearing (deadline_at, id);
