-- What the actions keep behind the hearing's lock, kept by the database too: one standing response per person and
-- hearing, a draft's response that is the author's own on this hearing, and an owner for each hearing.

-- What is there already must keep it too. Which of two responses stands, whose a draft is, who owns a hearing: people
-- decide that and no migration. So this one stops before it has changed anything, and names the rows.
DO $$
DECLARE
    broken text;
BEGIN
    SELECT string_agg(format('responses %s', ids), '; ') INTO broken FROM (
        SELECT string_agg(id::text, ' and ' ORDER BY sent_at, id) AS ids FROM response WHERE withdrawn_at IS NULL
        GROUP BY hearing_id, author_id HAVING count(*) > 1 LIMIT 20
    ) AS several;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'several responses of one person to one hearing stand: %; withdraw all but one of each, and migrate again', broken;
    END IF;

    SELECT string_agg(format('draft %s of response %s', id, response_id), '; ') INTO broken FROM (
        SELECT draft.id, response_id FROM draft JOIN response ON response.id = response_id
        WHERE (response.hearing_id, response.author_id) IS DISTINCT FROM (draft.hearing_id, draft.author_id) LIMIT 20
    ) AS foreign_drafts;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'drafts edit a response of another person or to another hearing: %; set their response_id to NULL, and migrate again', broken;
    END IF;

    SELECT string_agg(id::text, ', ') INTO broken FROM (
        SELECT id FROM hearing WHERE NOT EXISTS
            (SELECT FROM hearing_role WHERE hearing_id = hearing.id AND role = 'owner') LIMIT 20
    ) AS ownerless;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'hearings have no owner: %; give each the role owner in hearing_role, and migrate again', broken;
    END IF;
END $$;

-- As long as LIMIT_PER_RESPONDENT is 1.
CREATE UNIQUE INDEX response_one_standing ON response (hearing_id, author_id) WHERE withdrawn_at IS NULL;

ALTER TABLE response ADD CONSTRAINT response_of_author_unique UNIQUE (id, hearing_id, author_id);
ALTER TABLE draft
    DROP CONSTRAINT draft_response_id_fkey,
    ADD CONSTRAINT draft_edits_own_response FOREIGN KEY (response_id, hearing_id, author_id)
        REFERENCES response (id, hearing_id, author_id) ON DELETE CASCADE;

CREATE FUNCTION hearing_has_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned uuid := (CASE TG_OP WHEN 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END ->> TG_ARGV[0])::uuid;
BEGIN
    -- Two owners who leave at once wait for each other here, and the second sees that the first has gone. A hearing that
    -- is deleted with its roles needs none.
    PERFORM FROM public.hearing WHERE id = concerned FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT FROM public.hearing_role WHERE hearing_id = concerned AND role = 'owner') THEN
        RAISE EXCEPTION 'hearing % has no owner', concerned USING ERRCODE = 'check_violation',
            CONSTRAINT = 'hearing_has_owner', TABLE = 'hearing';
    END IF;
    RETURN NULL;
END $$;

-- At commit, so that roles can be exchanged, and a hearing be made before its owner's role.
CREATE CONSTRAINT TRIGGER hearing_has_owner AFTER INSERT ON hearing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hearing_has_owner('id');
CREATE CONSTRAINT TRIGGER hearing_keeps_owner AFTER DELETE OR UPDATE OF role, hearing_id ON hearing_role
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION hearing_has_owner('hearing_id');
