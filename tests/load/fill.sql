-- A base of :size clients. Each fact is a hash of its row's number, so that the same client is the
-- same in every base that is large enough. `base.py` splits this file at the lines with ==.

-- == clients
INSERT INTO customers_counterparty
       (id, kind, legal_form, name, full_name, inn, attention, attention_text, manager_id)
SELECT n,
       CASE WHEN legal_form <> 'person' AND bench.chance(n, 1) < 0.05 THEN 'both' ELSE 'buyer' END,
       legal_form,
       CASE WHEN legal_form <> 'person' OR bench.chance(n, 2) < 0.76 THEN whole
            WHEN bench.chance(n, 2) < 0.96 THEN surname || ' ' || given
            ELSE surname || ' ' || left(given, 1) || '. ' || left(patronymic, 1) || '.' END,
       whole,
       CASE WHEN legal_form <> 'person' OR bench.chance(n, 3) < 0.12
            THEN '77' || lpad((n * 7368787 % 100000000)::text, 8, '0') ELSE '' END,
       CASE WHEN bench.chance(n, 4) < 0.01 THEN 'warning' ELSE '' END,
       CASE WHEN bench.chance(n, 4) < 0.01 THEN 'Запись только с предоплатой' ELSE '' END,
       bench.someone(n, 5)
  FROM (
    SELECT *, CASE legal_form
              WHEN 'company' THEN bench.form(bench.chance(n, 6)) || ' «' || title || '»'
              WHEN 'entrepreneur' THEN 'ИП ' || surname || ' ' || given || ' ' || patronymic
              ELSE surname || ' ' || given || ' ' || patronymic END AS whole
      FROM (
        SELECT n, legal_form,
               CASE WHEN bench.chance(n, 7) < 0.6
                    THEN CASE WHEN is_man THEN bench.surname(bench.chance(n, 8))
                              ELSE bench.surname_of_woman(bench.chance(n, 8)) END
                    ELSE bench.stem(bench.chance(n, 8))
                         || CASE WHEN is_man THEN bench.ending(bench.chance(n, 9))
                                 ELSE bench.ending_of_woman(bench.chance(n, 9)) END END AS surname,
               CASE WHEN is_man THEN bench.man(bench.chance(n, 10))
                    ELSE bench.woman(bench.chance(n, 10)) END AS given,
               CASE WHEN is_man THEN bench.son(bench.chance(n, 11))
                    ELSE bench.daughter(bench.chance(n, 11)) END AS patronymic,
               bench.company(bench.chance(n, 8))
               || CASE WHEN bench.chance(n, 7) < 0.7 THEN '-' || bench.company(bench.chance(n, 9))
                       ELSE '' END || bench.tail(bench.chance(n, 10)) AS title
          FROM (
            SELECT n, bench.chance(n, 12) < 0.66 AS is_man,
                   CASE WHEN n % :fleet_every = 0 OR bench.chance(n, 13) < 0.12 THEN 'company'
                        WHEN bench.chance(n, 13) < 0.15 THEN 'entrepreneur'
                        ELSE 'person' END AS legal_form
              FROM generate_series(1, :size) AS n) AS born) AS named) AS client;

-- == contacts
INSERT INTO customers_contact (counterparty_id, kind, value, is_primary)
SELECT n, 'mobile', bench.phone(n, 20), true FROM generate_series(1, :size) AS n
UNION ALL
SELECT n, 'work', bench.phone(n, 25), false
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 30) < 0.2
UNION ALL
SELECT n, 'email', bench.latin(bench.chance(n, 8)) || n || bench.mail(bench.chance(n, 31)), false
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 32) < 0.3
UNION ALL
SELECT n, 'address', 'г. Москва, ул. ' || bench.street(bench.chance(n, 33)) || ', д. '
       || 1 + floor(140 * bench.chance(n, 34)), false
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 35) < 0.1;

-- == cards
INSERT INTO customers_discountcard (number, holder_id, percent_goods, percent_works)
SELECT '29' || lpad((n * 7368787 % 10000000000)::text, 10, '0'), n, 5, 3
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 40) < 0.4;

-- == vehicles
INSERT INTO vehicles_vehicle (id, model_id, year, vin, body_number, lookup, is_owned)
SELECT n, bench.model(bench.chance(n, 50))::bigint, 2004 + floor(20 * bench.chance(n, 51)),
       CASE WHEN bench.chance(n, 52) < 0.94
            THEN bench.vin_start(bench.chance(n, 50)) || 'A'
                 || lpad((n * 7368787 % 10000000)::text, 7, '0') ELSE '' END,
       CASE WHEN bench.chance(n, 52) BETWEEN 0.94 AND 0.97
            THEN 'NZE121-' || lpad((n * 7368787 % 10000000)::text, 7, '0') ELSE '' END,
       '', false
  FROM generate_series(1, :vehicles) AS n;

-- == owners
-- Some cars are nobody's, some belong to fleets, some were sold from one client to another.
INSERT INTO vehicles_vehicleownership (vehicle_id, counterparty_id, role, since, until)
SELECT n, CASE WHEN bench.chance(n, 60) < 0.06
               THEN :fleet_every * (1 + floor(bench.chance(n, 61) * (:size / :fleet_every)))
               ELSE 1 + floor(bench.chance(n, 61) * :size) END,
       'owner', CASE WHEN bench.chance(n, 62) < 0.03 THEN date '2019-06-01' END, NULL::date
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 60) > 0.02
UNION ALL
SELECT n, 1 + floor(bench.chance(n, 63) * :size), 'owner', NULL, date '2019-06-01'
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 62) < 0.03;

-- == plates
INSERT INTO vehicles_vehicleplate (vehicle_id, number, since, until)
SELECT n, bench.plate(n, 70),
       CASE WHEN bench.chance(n, 76) < 0.05 THEN date '2020-01-01' END, NULL::date
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 77) < 0.97
UNION ALL
SELECT n, bench.plate(n, 80), NULL, date '2020-01-01'
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 76) < 0.05;

-- == mileage
INSERT INTO vehicles_odometerreading (vehicle_id, taken_on, km)
SELECT n, date '2024-01-01' + floor(300 * bench.chance(n, 90))::integer,
       5000 + floor(200000 * bench.chance(n, 91))
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 92) < 0.7;

-- == orders
INSERT INTO orders_document
       (id, kind, number, date, branch_id, counterparty_id, payer_id, author_id, manager_id, state,
        total, paid)
SELECT n, 'customer_order', 'З' || lpad(n::text, 8, '0'),
       current_date - floor(CASE WHEN bench.chance(n, 100) < 0.03 THEN 20 ELSE 2000 END
                            * bench.chance(n, 101))::integer,
       1, client, client, bench.someone(n, 102), bench.someone(n, 103),
       CASE WHEN bench.chance(n, 100) < 0.01 THEN 'new' WHEN bench.chance(n, 100) < 0.02 THEN 'in_supply'
            WHEN bench.chance(n, 100) < 0.03 THEN 'arrived'
            WHEN bench.chance(n, 100) < 0.06 THEN 'cancelled' ELSE 'closed' END,
       bench.price(n, 0) * 2, CASE WHEN bench.chance(n, 100) < 0.06 THEN 0 ELSE bench.price(n, 0) * 2 END
  FROM (SELECT n, 1 + floor(bench.chance(n, 104) * :size)::bigint AS client
          FROM generate_series(1, :orders) AS n) AS o;

-- == work orders
INSERT INTO orders_document
       (id, kind, number, date, branch_id, counterparty_id, payer_id, vehicle_id, author_id,
        manager_id, state, total, paid)
SELECT :orders + n, 'work_order', 'Н' || lpad(n::text, 8, '0'),
       current_date - floor(CASE WHEN bench.chance(n, 110) < 0.01 THEN 10 ELSE 2000 END
                            * bench.chance(n, 111))::integer,
       1, o.counterparty_id, o.counterparty_id, o.vehicle_id,
       bench.someone(n, 112), bench.someone(n, 113),
       CASE WHEN bench.chance(n, 110) < 0.005 THEN 'in_progress'
            WHEN bench.chance(n, 110) < 0.007 THEN 'completed'
            WHEN bench.chance(n, 110) < 0.01 THEN 'waiting'
            WHEN bench.chance(n, 110) < 0.03 THEN 'refused' ELSE 'closed' END,
       bench.price(:orders + n, 0) * 2,
       CASE WHEN bench.chance(n, 110) < 0.03 THEN 0 ELSE bench.price(:orders + n, 0) * 2 END
  FROM generate_series(1, :work_orders) AS n
  JOIN vehicles_vehicleownership o
    ON o.vehicle_id = 1 + floor(bench.chance(n, 114) * :vehicles)::bigint AND o.until IS NULL;

-- == bookings
-- A year ahead, so that «today» has its bookings on any day the base is used.
INSERT INTO orders_document
       (id, kind, number, date, branch_id, counterparty_id, vehicle_id, author_id, manager_id,
        state, total, paid)
SELECT :orders + :work_orders + n, 'repair_request', 'Б' || lpad(n::text, 8, '0'),
       current_date - floor(10 * bench.chance(n, 120))::integer, 1, o.counterparty_id, o.vehicle_id,
       bench.someone(n, 121), bench.someone(n, 122),
       CASE WHEN n % 4 > 0 THEN 'arrived' WHEN bench.chance(n, 123) < 0.1 THEN 'cancelled'
            ELSE 'confirmed' END, 0, 0
  FROM generate_series(1, :bookings) AS n
  JOIN vehicles_vehicleownership o
    ON o.vehicle_id = 1 + floor(bench.chance(n, 124) * :vehicles)::bigint AND o.until IS NULL;

-- == what only orders, work orders and bookings have
INSERT INTO orders_customerorder (document_ptr_id, expected_on)
SELECT id, date + 14 FROM orders_document WHERE kind = 'customer_order';

INSERT INTO orders_workorder
       (document_ptr_id, master_id, repair_kind_id, mileage_km, planned_handover_at, notified_at)
SELECT id, bench.someone(id, 130), 1, 5000 + floor(200000 * bench.chance(id, 131)),
       date + 1 + time '18:00', CASE WHEN state IN ('completed', 'closed') THEN date + time '17:00' END
  FROM orders_document WHERE kind = 'work_order';

INSERT INTO orders_repairrequest (document_ptr_id, operation, repair_kind_id, reason)
SELECT id, 'request', 1, 'Плановое обслуживание' FROM orders_document WHERE kind = 'repair_request';

INSERT INTO orders_slot (request_id, start_at, end_at, is_held)
SELECT id, start_at, start_at + interval '1 hour', state <> 'cancelled'
  FROM (SELECT id, state, current_date
               + CASE WHEN state = 'arrived' THEN -5 - floor(1000 * bench.chance(id, 140))::integer
                      ELSE (id % 366)::integer END
               + time '09:00' + floor(9 * bench.chance(id, 141)) * interval '1 hour' AS start_at
          FROM orders_document WHERE kind = 'repair_request') AS booked;

-- == lines
INSERT INTO orders_workline (document_id, position, quantity, price, name, norm_hours, performer_id)
SELECT id, 1, 1, bench.price(id, 0), bench.work(bench.chance(id, 150)), 1.5, bench.someone(id, 130)
  FROM orders_document WHERE kind = 'work_order';

INSERT INTO orders_partline (id, document_id, position, quantity, price, part_id, warehouse_id)
SELECT id, id, 2, CASE kind WHEN 'work_order' THEN 1 ELSE 2 END, bench.price(id, 0),
       1 + floor(bench.chance(id, 151) * :parts), 1
  FROM orders_document WHERE kind IN ('work_order', 'customer_order');

-- == reserves
INSERT INTO orders_reserve (line_id, stock_id, quantity)
SELECT l.id, l.part_id, 1
  FROM orders_document d JOIN orders_partline l ON l.document_id = d.id
 WHERE d.kind = 'customer_order' AND d.state IN ('in_supply', 'arrived');
SELECT stock_reserved(array_agg(id)) FROM orders_stock;

-- == payments
INSERT INTO orders_payment (document_id, counterparty_id, date, amount, method, direction, state)
SELECT id, payer_id, date, paid, 'card', 'in', 'posted' FROM orders_document WHERE paid > 0;

-- == events
INSERT INTO customers_event
       (kind, counterparty_id, subject, result, author_id, manager_id, occurred_at, processed_at)
SELECT CASE WHEN bench.chance(n, 160) < 0.5 THEN 'call_in' ELSE 'call_out' END,
       1 + floor(bench.chance(n, 161) * :size), 'Напоминание о визите', 'Перезвонить',
       bench.someone(n, 162), bench.someone(n, 163), happened,
       CASE WHEN bench.chance(n, 164) > 0.02 THEN happened END
  FROM (SELECT n, current_date - bench.chance(n, 165) * interval '700 days' AS happened
          FROM generate_series(1, :events) AS n) AS e;

-- == carts
INSERT INTO orders_cart (id, counterparty_id, author_id, state)
SELECT n, n, bench.someone(n, 170), 'open'
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 171) < 0.02;
INSERT INTO orders_cartline (cart_id, name, part_id, quantity, price)
SELECT c.id, p.name, p.id, 1, 700
  FROM orders_cart c, generate_series(0, 1) AS k
  JOIN orders_part p ON p.id = 1 + k;
