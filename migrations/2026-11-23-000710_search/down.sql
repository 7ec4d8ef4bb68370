DROP FUNCTION danish_query;
