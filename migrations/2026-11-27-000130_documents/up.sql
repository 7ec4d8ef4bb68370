-- Documents that are made for a person are counted too.

ALTER TABLE rate_count DROP CONSTRAINT rate_count_kind_known;
ALTER TABLE rate_count
    ADD CONSTRAINT rate_count_kind_known CHECK (kind IN ('change', 'upload', 'document', 'address'));

COMMENT ON TABLE rate_count IS 'Requests that changed something or had a document made, a minute and person or place, for limits on them.';
COMMENT ON COLUMN rate_count.kind IS 'none: changes, uploads or documents of a person, or changes and uploads from an address';

-- Soft hyphens no longer part words in search.
UPDATE hearing
SET search = setweight(to_tsvector('danish', replace(title, chr(173), '')), 'A')
    || setweight(to_tsvector('danish', replace(summary, chr(173), '')), 'B')
    || to_tsvector('danish', left(coalesce((SELECT replace(string_agg(section.title || ' ' || section.body, ' '), chr(173), '')
                                            FROM hearing_section section WHERE section.hearing_id = hearing.id), ''), 100000))
WHERE title || summary LIKE '%' || chr(173) || '%'
   OR EXISTS (SELECT FROM hearing_section section
              WHERE section.hearing_id = hearing.id AND section.title || section.body LIKE '%' || chr(173) || '%');
