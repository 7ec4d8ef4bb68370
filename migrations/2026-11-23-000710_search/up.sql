-- Danish puts words together: whoever looks for "skoler" means "skoleområdet" too. So each stem may be a beginning.
CREATE FUNCTION danish_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(websearch_to_tsquery('danish', words)::text, '''(?=[ )]|$)', ''':*', 'g')::tsquery;
COMMENT ON FUNCTION danish_query IS 'What somebody looks for, as he typed it: stems that may be the beginning of a word.';

-- Good enough to read: what a text means by its signs is decided where it is rendered, not here.
CREATE FUNCTION without_marks(markdown text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(regexp_replace(markdown, '!?\[([^]]*)\]\([^)]*\)', '\1', 'g'), '[*_`#>|~]+|^[ :-]+$', ' ', 'gn');
COMMENT ON FUNCTION without_marks IS 'Markdown without the signs that a reader of an excerpt stumbles over.';
