-- The first migration that runs this comes before some of the columns it reads; nothing calls it until then.
SET LOCAL check_function_bodies = off;

-- The arithmetic of tags stands in armclients/models/search_card.py too.
CREATE OR REPLACE FUNCTION search_tag_of_vehicle(model bigint, year integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT (-10000000 - 256 * model - CASE WHEN year IS NULL THEN 0 ELSE least(greatest(year - 1899, 1), 255) END)::integer
$$;

-- The search row of each client, computed from its sources; `rebuild_search --check` compares with it.
-- `OFFSET 0` keeps the planner from turning a look-up by key into a join over the whole table, which it
-- does where it believes the tables to be empty, as after an import that was only a trial.
DROP FUNCTION IF EXISTS search_rows(bigint[]);
CREATE FUNCTION search_rows(ids bigint[]) RETURNS TABLE (
    customer_id bigint, name_key text, names text, contacts text, vehicles text, tags integer[],
    visited_on date)
LANGUAGE sql STABLE AS $$
    SELECT c.id,
           fold_name(c.name),
           ' ' || concat_ws(' ',
               nullif(fold_name(c.name), ''),
               nullif(fold_name(c.full_name), ''),
               (SELECT string_agg(fold_name(k.number), ' ' ORDER BY k.id)
                  FROM (SELECT id, number FROM customers_discountcard
                         WHERE holder_id = c.id OFFSET 0) AS k)) || ' ',
           ' ' || coalesce((SELECT string_agg(t.normalized, ' ' ORDER BY t.id) || ' '
                              FROM (SELECT id, normalized FROM customers_contact
                                     WHERE counterparty_id = c.id AND normalized <> ''
                                    OFFSET 0) AS t), ''),
           ' ' || coalesce((SELECT string_agg(btrim(v.lookup), ' ' ORDER BY v.id) || ' '
                              FROM (SELECT DISTINCT vehicle_id FROM (
                                        SELECT vehicle_id FROM vehicles_vehicleownership
                                         WHERE counterparty_id = c.id OFFSET 0) AS o) AS own,
                           LATERAL (SELECT id, lookup FROM vehicles_vehicle
                                     WHERE id = own.vehicle_id OFFSET 0) AS v
                             WHERE v.lookup <> ''), ''),
           coalesce((SELECT array_agg(tag ORDER BY tag) FROM (
               SELECT unnest(ARRAY[d.author_id, d.manager_id])::integer AS tag
                 FROM orders_document d WHERE d.counterparty_id = c.id
               UNION
               SELECT unnest(ARRAY[e.author_id, e.manager_id])::integer
                 FROM customers_event e WHERE e.counterparty_id = c.id
               UNION
               SELECT -1 FROM customers_event e
                WHERE e.counterparty_id = c.id AND e.processed_at IS NULL
               UNION
               SELECT CASE WHEN d.kind = 'customer_order' THEN -2
                           WHEN d.state = 'in_progress' THEN -4
                           WHEN d.state = 'completed' THEN -5 END
                 FROM orders_document d
                WHERE d.counterparty_id = c.id AND d.is_open
                  AND (d.kind = 'customer_order'
                       OR d.kind = 'work_order' AND d.state IN ('in_progress', 'completed'))
               UNION
               SELECT -3 FROM orders_document d
                 JOIN orders_partline l ON l.document_id = d.id
                 JOIN orders_reserve r ON r.line_id = l.id
                WHERE d.counterparty_id = c.id AND d.is_open
               UNION
               -- Past days fall away whenever the row is next derived; nothing asks for them.
               SELECT -((s.start_at AT TIME ZONE b.timezone)::date - date '1970-01-01')
                 FROM orders_document d
                 JOIN orders_branch b ON b.id = d.branch_id,
              LATERAL (SELECT t.start_at FROM orders_slot t WHERE t.request_id = d.id OFFSET 0) AS s
                WHERE d.counterparty_id = c.id AND d.kind = 'repair_request'
                  AND d.state <> 'cancelled' AND s.start_at > now() - interval '2 days'
               UNION
               -- Owes: for work that is done or under way, for goods that are out, ...
               SELECT -6 FROM (SELECT kind, state, is_open, base_id FROM orders_document
                                WHERE payer_id = c.id AND due > 0 OFFSET 0) AS d
                WHERE d.state IN ('completed', 'issued', 'closed')
                   OR d.kind = 'work_order' AND d.is_open
                   OR d.kind = 'sale' AND d.state = 'posted' AND d.base_id IS NULL
               UNION
               -- ... or from before we counted.
               SELECT -6 FROM orders_openingbalance b
                WHERE b.counterparty_id = c.id AND b.amount > coalesce((
                      SELECT sum(CASE direction WHEN 'in' THEN amount ELSE -amount END)
                        FROM orders_payment p
                       WHERE p.counterparty_id = c.id AND p.document_id IS NULL
                         AND p.state = 'posted'), 0)
               UNION
               -- ... or was given back more than was ever received.
               SELECT -6 FROM orders_payment p
                WHERE p.counterparty_id = c.id AND p.document_id IS NULL AND p.state = 'posted'
                  AND NOT EXISTS (SELECT FROM orders_openingbalance b
                                   WHERE b.counterparty_id = c.id)
               HAVING sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) < 0
               UNION
               SELECT unnest(ARRAY[
                   CASE c.kind WHEN 'buyer' THEN -11 WHEN 'supplier' THEN -12
                               WHEN 'both' THEN -13 ELSE -14 END,
                   CASE c.attention WHEN 'notice' THEN -21 WHEN 'warning' THEN -22
                                    WHEN 'stop' THEN -23 END,
                   -2000000 - c.price_type_goods_id, -2000000 - c.price_type_works_id,
                   -3000000 - c.manager_id])::integer
               UNION
               SELECT unnest(ARRAY[
                   -1000000 - v.year,
                   search_tag_of_vehicle(v.model_id, NULL),
                   CASE WHEN v.year IS NOT NULL THEN search_tag_of_vehicle(v.model_id, v.year) END])
                 FROM (SELECT vehicle_id FROM vehicles_vehicleownership
                        WHERE counterparty_id = c.id OFFSET 0) AS own,
              LATERAL (SELECT model_id, year FROM vehicles_vehicle
                        WHERE id = own.vehicle_id OFFSET 0) AS v
           ) AS found WHERE tag IS NOT NULL), '{}'),
           (SELECT max(d.date) FROM orders_document d
             WHERE d.counterparty_id = c.id AND d.kind = 'work_order' AND d.state <> 'refused')
      FROM customers_counterparty c
     WHERE c.id = ANY(ids)
$$;

-- The lock and the derivation are two statements: under READ COMMITTED the second then sees what
-- whoever held the lock has committed. In one statement a concurrent tag would be lost.
-- Planning anew takes ten times as long as deriving one row, and every plan goes by the keys.
CREATE OR REPLACE FUNCTION search_derive(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    PERFORM 1 FROM armclients_searchcard WHERE customer_id = ANY(ids) ORDER BY customer_id FOR UPDATE;
    INSERT INTO armclients_searchcard AS s
           (customer_id, name_key, names, contacts, vehicles, tags, visited_on)
    SELECT * FROM search_rows(ids)
    ON CONFLICT (customer_id) DO UPDATE
       SET name_key = excluded.name_key, names = excluded.names, contacts = excluded.contacts,
           vehicles = excluded.vehicles, tags = excluded.tags, visited_on = excluded.visited_on
     WHERE (s.name_key, s.names, s.contacts, s.vehicles, s.tags, s.visited_on)
           IS DISTINCT FROM
           (excluded.name_key, excluded.names, excluded.contacts, excluded.vehicles, excluded.tags,
            excluded.visited_on);
    DELETE FROM armclients_searchcard WHERE customer_id = ANY(ARRAY(
        SELECT unnest(ids) EXCEPT SELECT id FROM customers_counterparty WHERE id = ANY(ids)));
END $$;

-- What the floors' triggers call. A bulk import suspends it for its own transaction and derives
-- what it touched in one pass.
CREATE OR REPLACE FUNCTION search_touch(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('arm.derivations', true) IS DISTINCT FROM 'suspended' THEN
        PERFORM search_derive(ids);
    END IF;
END $$;
