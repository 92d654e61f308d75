-- Every word of letters that a client's name has, once: what misspelt names are compared with.
-- A word whose last bearer is gone stays until `rebuild_search`: it finds nobody, and counting
-- bearers would make writers wait for each other at every «Иванов».
CREATE OR REPLACE FUNCTION name_words(names text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT word FROM regexp_split_to_table(names COLLATE "default", ' ') AS word
     WHERE word ~ '^[[:alpha:]]{3,}$'
$$;

CREATE OR REPLACE FUNCTION learn_name_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO armclients_nameword (word)
    SELECT DISTINCT w.word FROM new_rows, name_words(names) AS w (word)
     WHERE NOT EXISTS (SELECT FROM armclients_nameword k WHERE k.word = w.word)
     ORDER BY w.word
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER name_words_insert AFTER INSERT ON armclients_searchcard
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION learn_name_words();
CREATE OR REPLACE TRIGGER name_words_update AFTER UPDATE ON armclients_searchcard
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION learn_name_words();

INSERT INTO armclients_nameword (word)
SELECT DISTINCT w.word FROM armclients_searchcard, name_words(names) AS w (word)
    ON CONFLICT DO NOTHING;
