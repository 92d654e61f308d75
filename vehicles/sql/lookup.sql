-- Derives what a vehicle is found by from its own numbers, its plates and its owners.
-- The rows are locked in one statement and derived in the next, so that of two transactions
-- changing different plates of one vehicle the second sees the first.
CREATE OR REPLACE FUNCTION vehicle_derive(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM vehicles_vehicle WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    -- The keys lead, and each looks up its own rows: no join can go over all vehicles for each, even
    -- where the planner believes the tables to be empty, as after an import that was only a trial.
    WITH derived AS MATERIALIZED (
        SELECT w.id,
               coalesce(' ' || nullif(concat_ws(' ',
                   nullif(fold_vehicle(w.vin), ''),
                   nullif(fold_vehicle(w.body_number), ''),
                   (SELECT string_agg(p.folded, ' ' ORDER BY p.until IS NOT NULL, p.id)
                      FROM (SELECT * FROM vehicles_vehicleplate
                             WHERE vehicle_id = w.id AND folded <> '' OFFSET 0) AS p)
               ), '') || ' ', '') AS lookup,
               EXISTS (SELECT FROM vehicles_vehicleownership o
                        WHERE o.vehicle_id = w.id AND o.role = 'owner' AND o.until IS NULL) AS is_owned
          FROM unnest(ids) AS key JOIN vehicles_vehicle w ON w.id = key
    )
    UPDATE vehicles_vehicle AS v SET lookup = d.lookup, is_owned = d.is_owned
      FROM derived d
     WHERE v.id = d.id AND (v.lookup <> d.lookup OR v.is_owned <> d.is_owned);
END $$;

-- What triggers call. A bulk import suspends it for its own transaction and derives once at the end.
CREATE OR REPLACE FUNCTION vehicle_touch(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) > 0 AND current_setting('arm.derivations', true) IS DISTINCT FROM 'suspended' THEN
        PERFORM vehicle_derive(ids);
    END IF;
END $$;
