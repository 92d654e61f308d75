-- Whom to call, as of %(today)s. A vehicle is due so many months after its last work order, or so
-- many kilometres, forecast by the days between its last two readings; whichever comes first.
-- What is due for longer than a year is no service any more: then the client has been away. What was
-- put off is worth a call on its day, or some weeks after it was put off. Tires that lie too long are a
-- client's own affair, which needs no consent to advertising.
CREATE TEMPORARY TABLE due ON COMMIT DROP AS
WITH service AS (
    SELECT o.counterparty_id AS customer_id, v.id AS vehicle_id, least(by_date, by_km) AS due_on,
           CASE WHEN by_date IS NULL OR by_km < by_date THEN 'mileage' ELSE 'date' END AS why,
           visit.on_day AS last_visit_on, pace.km_per_day,
           -- Of a car that is driven, beyond any odometer is a wrong reading.
           least(last.km + pace.km_per_day * (%(today)s::date - last.taken_on), 9999999) AS forecast_km
      FROM vehicles_vehicleownership o
      JOIN vehicles_vehicle v ON v.id = o.vehicle_id
      LEFT JOIN vehicles_vehiclemodel m ON m.id = v.model_id
     CROSS JOIN LATERAL (
           SELECT i.km, i.months FROM vehicles_serviceinterval i
            WHERE i.make_id = m.make_id OR i.make_id IS NULL
            ORDER BY i.make_id NULLS LAST LIMIT 1) AS norm
     CROSS JOIN LATERAL (
           SELECT d.date AS on_day FROM orders_document d
            WHERE d.vehicle_id = v.id AND d.kind = 'work_order'
              AND d.state NOT IN ('request', 'reserved', 'refused')
            ORDER BY d.date DESC, d.id DESC LIMIT 1) AS visit
      LEFT JOIN LATERAL (
           SELECT r.taken_on, r.km FROM vehicles_odometerreading r
            WHERE r.vehicle_id = v.id AND r.taken_on <= %(today)s
            ORDER BY r.taken_on DESC LIMIT 1) AS last ON true
      LEFT JOIN LATERAL (
           SELECT r.taken_on, r.km FROM vehicles_odometerreading r
            WHERE r.vehicle_id = v.id AND r.taken_on < last.taken_on
            ORDER BY r.taken_on DESC LIMIT 1) AS before ON true
      LEFT JOIN LATERAL (
           SELECT r.km FROM vehicles_odometerreading r
            WHERE r.vehicle_id = v.id AND r.taken_on <= visit.on_day
            ORDER BY r.taken_on DESC LIMIT 1) AS serviced ON true
     CROSS JOIN LATERAL (
           SELECT CASE WHEN last.km > before.km
                       THEN nullif((last.km - before.km) / (last.taken_on - before.taken_on), 0)
                  END AS km_per_day) AS pace
     CROSS JOIN LATERAL (
           SELECT (visit.on_day + norm.months * interval '1 month')::date AS by_date,
                  last.taken_on + least(
                      (serviced.km + norm.km - last.km) / pace.km_per_day, 3650) AS by_km) AS dates
     WHERE o.role = 'owner' AND o.until IS NULL
       AND least(by_date, by_km) BETWEEN %(today)s::date - 365 AND %(today)s::date + %(ahead)s
), put_off AS (
    SELECT DISTINCT ON (o.counterparty_id, w.vehicle_id)
           o.counterparty_id AS customer_id, w.vehicle_id, due.due_on, 'put_off' AS why,
           coalesce(visit.on_day, w.noted_at::date) AS last_visit_on,
           NULL::integer AS km_per_day, NULL::integer AS forecast_km
      FROM orders_deferredwork w
      JOIN vehicles_vehicleownership o
        ON o.vehicle_id = w.vehicle_id AND o.role = 'owner' AND o.until IS NULL
      LEFT JOIN orders_document j ON j.id = w.done_by_id
     CROSS JOIN LATERAL (
           SELECT coalesce(w.due_on, w.noted_at::date + %(put_off)s) AS due_on) AS due
      LEFT JOIN LATERAL (
           SELECT d.date AS on_day FROM orders_document d
            WHERE d.vehicle_id = w.vehicle_id AND d.kind = 'work_order'
              AND d.state NOT IN ('request', 'reserved', 'refused')
            ORDER BY d.date DESC, d.id DESC LIMIT 1) AS visit ON true
     WHERE w.dropped_at IS NULL
       AND (j.id IS NULL OR j.kind = 'estimate'
            OR j.state IN ('cancelled', 'no_show', 'refused', 'rejected'))
       AND due.due_on BETWEEN %(today)s::date - 365 AND %(today)s::date + %(ahead)s
       AND NOT EXISTS (SELECT FROM service s
                        WHERE s.customer_id = o.counterparty_id AND s.vehicle_id = w.vehicle_id)
     ORDER BY o.counterparty_id, w.vehicle_id, due.due_on
), storage AS (
    SELECT t.depositor_id AS customer_id, NULL::bigint AS vehicle_id, min(t.until) AS due_on,
           'storage' AS why, max(t.taken_on) AS last_visit_on, NULL::integer AS km_per_day,
           NULL::integer AS forecast_km
      FROM vehicles_tireset t
     WHERE t.state IN ('stored', 'requested') AND t.until < %(today)s
     GROUP BY t.depositor_id
), absent AS (
    SELECT s.customer_id, NULL::bigint AS vehicle_id,
           (s.visited_on + %(absent)s * interval '1 month')::date AS due_on, 'absent' AS why,
           s.visited_on AS last_visit_on, NULL::integer AS km_per_day, NULL::integer AS forecast_km
      FROM armclients_searchcard s
     WHERE s.visited_on BETWEEN %(today)s::date - %(forgotten)s * interval '1 month'
                            AND %(today)s::date - %(absent)s * interval '1 month'
       AND NOT EXISTS (SELECT FROM service WHERE service.customer_id = s.customer_id)
       AND NOT EXISTS (SELECT FROM put_off WHERE put_off.customer_id = s.customer_id)
       AND NOT EXISTS (SELECT FROM storage WHERE storage.customer_id = s.customer_id)
)
SELECT found.*, c.manager_id,
       found.why = 'storage'
       OR EXISTS (SELECT FROM customers_consent a
                   WHERE a.counterparty_id = c.id AND a.purpose = 'advertising'
                     AND a.withdrawn_at IS NULL) AS may_advertise
  FROM (SELECT * FROM service UNION ALL SELECT * FROM put_off UNION ALL SELECT * FROM absent
        UNION ALL SELECT * FROM storage) AS found
  JOIN customers_counterparty c ON c.id = found.customer_id
 WHERE c.attention <> 'stop' AND c.kind IN ('buyer', 'both');

DELETE FROM armclients_calltarget t
 WHERE NOT EXISTS (SELECT FROM due WHERE due.customer_id = t.customer_id
                      AND coalesce(due.vehicle_id, 0) = coalesce(t.vehicle_id, 0));

INSERT INTO armclients_calltarget AS t
       (customer_id, vehicle_id, why, due_on, last_visit_on, km_per_day, forecast_km, manager_id,
        may_advertise)
SELECT customer_id, vehicle_id, why, due_on, last_visit_on, km_per_day, forecast_km, manager_id,
       may_advertise
  FROM due ORDER BY customer_id, vehicle_id
    ON CONFLICT (customer_id, vehicle_id) DO UPDATE
   SET why = excluded.why, due_on = excluded.due_on, last_visit_on = excluded.last_visit_on,
       km_per_day = excluded.km_per_day, forecast_km = excluded.forecast_km,
       manager_id = excluded.manager_id, may_advertise = excluded.may_advertise
 WHERE (t.why, t.due_on, t.last_visit_on, t.km_per_day, t.forecast_km, t.manager_id, t.may_advertise)
       IS DISTINCT FROM
       (excluded.why, excluded.due_on, excluded.last_visit_on, excluded.km_per_day,
        excluded.forecast_km, excluded.manager_id, excluded.may_advertise);

DROP TABLE due;
