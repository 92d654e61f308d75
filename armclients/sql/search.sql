-- The search row of each client, computed from its sources; `rebuild_search --check` compares with it.
CREATE OR REPLACE FUNCTION search_rows(ids bigint[]) RETURNS TABLE (
    customer_id bigint, name_key text, names text, contacts text, vehicles text, tags integer[])
LANGUAGE sql STABLE AS $$
    SELECT c.id,
           fold_name(c.name),
           ' ' || concat_ws(' ',
               nullif(fold_name(c.name), ''),
               nullif(fold_name(c.full_name), ''),
               (SELECT string_agg(fold_name(k.number), ' ' ORDER BY k.id)
                  FROM customers_discountcard k WHERE k.holder_id = c.id)) || ' ',
           ' ' || coalesce((SELECT string_agg(t.normalized, ' ' ORDER BY t.id) || ' '
                              FROM customers_contact t
                             WHERE t.counterparty_id = c.id AND t.normalized <> ''), ''),
           ' ' || coalesce((SELECT string_agg(btrim(v.lookup), ' ' ORDER BY v.id) || ' '
                              FROM vehicles_vehicle v
                             WHERE v.lookup <> '' AND v.id IN (
                                   SELECT o.vehicle_id FROM vehicles_vehicleownership o
                                    WHERE o.counterparty_id = c.id)), ''),
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
                 JOIN orders_branch b ON b.id = d.branch_id
                 JOIN orders_slot s ON s.request_id = d.id
                WHERE d.counterparty_id = c.id AND d.kind = 'repair_request'
                  AND d.state <> 'cancelled' AND s.start_at > now() - interval '2 days'
           ) AS found WHERE tag IS NOT NULL), '{}')
      FROM customers_counterparty c
     WHERE c.id = ANY(ids)
$$;

-- The lock and the derivation are two statements: under READ COMMITTED the second then sees what
-- whoever held the lock has committed. In one statement a concurrent tag would be lost.
CREATE OR REPLACE FUNCTION search_derive(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM armclients_searchcard WHERE customer_id = ANY(ids) ORDER BY customer_id FOR UPDATE;
    INSERT INTO armclients_searchcard AS s (customer_id, name_key, names, contacts, vehicles, tags)
    SELECT * FROM search_rows(ids)
    ON CONFLICT (customer_id) DO UPDATE
       SET name_key = excluded.name_key, names = excluded.names, contacts = excluded.contacts,
           vehicles = excluded.vehicles, tags = excluded.tags
     WHERE (s.name_key, s.names, s.contacts, s.vehicles, s.tags)
           IS DISTINCT FROM
           (excluded.name_key, excluded.names, excluded.contacts, excluded.vehicles, excluded.tags);
    DELETE FROM armclients_searchcard s
     WHERE s.customer_id = ANY(ids)
       AND NOT EXISTS (SELECT FROM customers_counterparty c WHERE c.id = s.customer_id);
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
