-- Every floor reports here which clients a change concerns; the roof replaces the body.
CREATE OR REPLACE FUNCTION search_touch(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN END $$;
