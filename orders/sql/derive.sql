-- Sums that follow their rows. Each function locks what it derives in one statement and derives in
-- the next, so that of two concurrent changes the second sees the first. The keys lead: no plan can go
-- over all documents for each, even where the planner believes the tables to be empty.

-- A document's total is the sum of its lines.
CREATE OR REPLACE FUNCTION document_total(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) = 0 OR current_setting('arm.derivations', true) = 'suspended' THEN RETURN; END IF;
    PERFORM 1 FROM orders_document WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    UPDATE orders_document AS d SET total = s.total
      FROM (
        SELECT key AS id,
               coalesce((SELECT sum(amount) FROM orders_workline l WHERE l.document_id = key), 0)
             + coalesce((SELECT sum(amount) FROM orders_partline l WHERE l.document_id = key), 0) AS total
          FROM unnest(ids) AS key
      ) AS s
     WHERE d.id = s.id AND d.total <> s.total;
END $$;

-- What a document was paid: received less refunded.
CREATE OR REPLACE FUNCTION document_paid(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) = 0 OR current_setting('arm.derivations', true) = 'suspended' THEN RETURN; END IF;
    PERFORM 1 FROM orders_document WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    UPDATE orders_document AS d SET paid = s.paid
      FROM (
        SELECT key AS id, coalesce((SELECT sum(CASE direction WHEN 'in' THEN amount ELSE -amount END)
                                      FROM orders_payment p
                                     WHERE p.document_id = key AND p.state = 'posted'), 0) AS paid
          FROM unnest(ids) AS key
      ) AS s
     WHERE d.id = s.id AND d.paid <> s.paid;
END $$;

-- What is held of a stock; its check constraint refuses more than there is.
CREATE OR REPLACE FUNCTION stock_reserved(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM 1 FROM orders_stock WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    UPDATE orders_stock AS s SET reserved = h.held
      FROM (
        SELECT key AS id, coalesce((SELECT sum(quantity) FROM orders_reserve r WHERE r.stock_id = key), 0) AS held
          FROM unnest(ids) AS key
      ) AS h
     WHERE s.id = h.id AND s.reserved <> h.held;
END $$;

-- The states in which goods can still be reserved stand in orders/states.py as RESERVABLE.
CREATE OR REPLACE FUNCTION reserve_allowed(kind text, state text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT kind = 'customer_order' AND state NOT IN ('issued', 'closed', 'cancelled')
        OR kind = 'work_order' AND state NOT IN ('closed', 'refused')
$$;

CREATE OR REPLACE FUNCTION reserve_check(line bigint, held_stock bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- The document's row is locked: its state cannot change between this look and the commit.
    PERFORM 1 FROM orders_partline l JOIN orders_document d ON d.id = l.document_id
              JOIN orders_stock s ON s.id = held_stock AND s.part_id = l.part_id
     WHERE l.id = line AND reserve_allowed(d.kind, d.state) FOR NO KEY UPDATE OF d;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE =
            'a reserve needs stock of the same part and a document that is neither handed over nor ended',
            CONSTRAINT = 'reserve_possible';
    END IF;
END $$;

-- Every browser that shows the workshop's board reads it anew, once per transaction. The channel and the
-- word for everybody stand in armclients/kit/push.py.
CREATE OR REPLACE FUNCTION board_changed() RETURNS void
LANGUAGE sql AS $$ SELECT pg_notify('arm_facts', '0 board-changed') $$;

-- What the history's context, which the middleware sets, says of who changes something, and why.
CREATE OR REPLACE FUNCTION context_fact(name text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}')::json ->> name
$$;

CREATE OR REPLACE FUNCTION document_state_changed(document bigint, old_state text, new_state text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    by_goods boolean := coalesce(current_setting('arm.from_goods', true) = 'on', false);
BEGIN
    INSERT INTO orders_statechange (document_id, from_state, to_state, by_id, why, from_goods)
    VALUES (document, old_state, new_state, context_fact('user')::bigint,
            CASE WHEN by_goods THEN '' ELSE coalesce(context_fact('why'), '') END, by_goods);
    PERFORM board_changed();
    UPDATE orders_slot SET is_held = is_held WHERE request_id = document;
    DELETE FROM orders_reserve r USING orders_partline l, orders_document d
     WHERE l.id = r.line_id AND l.document_id = document AND d.id = document
       AND NOT reserve_allowed(d.kind, d.state);
    -- Goods may be there before their order is approved.
    IF new_state = 'approved' AND NOT by_goods THEN PERFORM order_supply(ARRAY[document]); END IF;
END $$;

-- What was handed over for a line, less what came back.
CREATE OR REPLACE FUNCTION line_issued(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM orders_partline WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    UPDATE orders_partline AS l SET issued = m.issued
      FROM (
        SELECT line AS id, coalesce((SELECT -sum(quantity) FROM orders_stockmovement m
                                     WHERE m.line_id = line AND m.kind IN ('issue', 'return')), 0) AS issued
          FROM unnest(ids) AS line
      ) AS m
     WHERE l.id = m.id AND l.issued <> m.issued;
END $$;

-- How far the supply of an approved customer order is: its goods say so, and not a hand. Whatever a
-- file says of an order holds until its goods move here.
CREATE OR REPLACE FUNCTION order_supply(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    supplied text[] := ARRAY['approved', 'in_supply', 'arrived', 'issued'];
BEGIN
    IF cardinality(ids) = 0 OR current_setting('arm.derivations', true) = 'suspended' THEN RETURN; END IF;
    PERFORM 1 FROM orders_document
     WHERE id = ANY(ids) AND kind = 'customer_order' AND state = ANY(supplied) ORDER BY id FOR UPDATE;
    PERFORM set_config('arm.from_goods', 'on', true);
    UPDATE orders_document AS d SET state = s.state
      FROM (
        SELECT key AS id, (
            SELECT CASE
                     WHEN bool_and(l.issued >= l.quantity) THEN 'issued'
                     WHEN bool_and(l.issued + coalesce(r.quantity, 0) >= l.quantity) THEN 'arrived'
                     WHEN bool_or(l.ordered > 0 OR l.expected_on IS NOT NULL OR l.issued > 0) THEN 'in_supply'
                     ELSE 'approved'
                   END
              FROM orders_partline l LEFT JOIN orders_reserve r ON r.line_id = l.id
             WHERE l.document_id = key) AS state
          FROM unnest(ids) AS key
      ) AS s
     WHERE d.id = s.id AND d.kind = 'customer_order' AND d.state = ANY(supplied) AND d.state <> s.state;
    PERFORM set_config('arm.from_goods', '', true);
END $$;
