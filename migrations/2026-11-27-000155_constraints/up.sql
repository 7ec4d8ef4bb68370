-- What the actions keep behind the hearing's lock, kept by the database too: one standing response per person and
-- hearing, a draft's response that is the author's own on this hearing, and an owner for each hearing.

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
