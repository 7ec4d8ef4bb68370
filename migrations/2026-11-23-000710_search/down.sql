DROP FUNCTION without_marks;
DROP FUNCTION danish_query;
