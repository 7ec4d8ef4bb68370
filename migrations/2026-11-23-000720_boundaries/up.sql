-- When does the next hearing start? Asked whenever something was committed and somebody reads; the next deadline has
-- its index already.
CREATE INDEX hearing_by_start ON hearing (starts_at);
