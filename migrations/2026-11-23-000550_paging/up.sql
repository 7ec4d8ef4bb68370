-- Lists page by (key, id), both ways round: with an index of exactly that, a page costs the same however far behind.

-- What stands for "no deadline" is last in both orders.
DROP INDEX hearing_by_deadline;
CREATE INDEX hearing_by_deadline ON hearing (coalesce(deadline_at, '9999-12-31T23:59:59Z'::timestamptz), id);
CREATE INDEX hearing_by_deadline_descending ON hearing (coalesce(deadline_at, '1970-01-01T00:00:00Z'::timestamptz), id);

DROP INDEX draft_by_author;
CREATE INDEX draft_by_author ON draft (author_id, updated_at, id);
DROP INDEX response_by_author;
CREATE INDEX response_by_author ON response (author_id, sent_at, id);
