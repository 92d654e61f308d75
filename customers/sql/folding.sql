-- The one rule of folding. Documents and questions both pass through these functions.
-- COLLATE "default" keeps upper() and [:alnum:] from following a column's "C" collation,
-- under which Cyrillic is neither letters nor has an upper case.

-- «ООО "Лёд-Сервис"» -> «ООО ЛЕД СЕРВИС»
CREATE OR REPLACE FUNCTION fold_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT btrim(regexp_replace(
        translate(upper(value COLLATE "default"), 'Ё', 'Е'), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- «+7 (495) 111-22-33 доб. 15» -> «15»
CREATE OR REPLACE FUNCTION contact_extension(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT coalesce(substring(
        lower(value COLLATE "default") FROM '[0-9][^[:alpha:]]*(?:доб|вн|ext)[^0-9]*([0-9]{1,8})[^0-9]*$'), '')
$$;

-- Phones become digits with the country code, everything else upper case without blanks:
-- «8 (908) 494-44-34» -> «79084944434», «Ivanov@mail.ru» -> «IVANOV@MAIL.RU»
CREATE OR REPLACE FUNCTION fold_contact(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT CASE
        WHEN own ~ '[[:alpha:]@]' THEN regexp_replace(translate(upper(own), 'Ё', 'Е'), '\s+', '', 'g')
        WHEN digits ~ '^8[0-9]{10}$' THEN '7' || substr(digits, 2)
        WHEN digits ~ '^[3489][0-9]{9}$' AND own !~ '^\s*\+' THEN '7' || digits
        ELSE digits
    END
    FROM (SELECT own, regexp_replace(own, '[^0-9]+', '', 'g') AS digits FROM (
        SELECT regexp_replace(value COLLATE "default",
            '([0-9][^[:alpha:]]*)(?:доб|вн|ext)[^0-9]*[0-9]{1,8}[^0-9]*$', '\1', 'i') AS own) AS typed) AS parts
$$;

-- VIN, body number and plate alike: Cyrillic look-alikes become Latin, O and Q zero, I one.
-- «а123вс 77» -> «A123BC77», «NZE121-1234567» -> «NZE1211234567»
CREATE OR REPLACE FUNCTION fold_vehicle(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT regexp_replace(translate(upper(value COLLATE "default"),
        'АВЕКМНОРСТУХЁOQI', 'ABEKMH0PCTYXE001'), '[^[:alnum:]]+', '', 'g')
$$;
