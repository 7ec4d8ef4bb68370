-- Danish puts words together: whoever looks for "skoler" means "skoleområdet" too. So each stem may be a beginning.
CREATE FUNCTION danish_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(websearch_to_tsquery('danish', words)::text, '''(?=[ )]|$)', ''':*', 'g')::tsquery;
COMMENT ON FUNCTION danish_query IS 'What somebody looks for, as he typed it: stems that may be the beginning of a word.';
