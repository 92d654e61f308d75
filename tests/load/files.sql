-- The files of a shop of :size clients, one SELECT each, named as the files are. Each fact is a hash
-- of its row's number. `files.py` splits this file at the lines with ==.

-- == users
SELECT 'user' || n AS username, 'Сотрудник ' || n AS full_name, 'manager' AS role
  FROM generate_series(1, :staff) AS n

-- == branches
SELECT 1 AS id, 'Центральный офис' AS name, 'ЦОА' AS prefix, 'Europe/Moscow' AS timezone

-- == customers
SELECT n AS id,
       CASE WHEN bench.chance(n, 2) < 0.76 THEN whole ELSE surname || ' ' || given END AS name,
       whole AS full_name,
       CASE WHEN bench.chance(n, 13) < 0.12 THEN 'company' ELSE 'person' END AS legal_form,
       CASE WHEN bench.chance(n, 3) < 0.2 THEN '77' || lpad((n * 7368787 % 100000000)::text, 8, '0') END AS inn,
       'user' || bench.someone(n, 5) AS manager
  FROM (
    SELECT *, CASE WHEN bench.chance(n, 13) < 0.12
                   THEN bench.form(bench.chance(n, 6)) || ' «' || bench.company(bench.chance(n, 8))
                        || '-' || bench.company(bench.chance(n, 9)) || bench.tail(bench.chance(n, 10)) || '»'
                   ELSE surname || ' ' || given || ' ' || bench.son(bench.chance(n, 11)) END AS whole
      FROM (
        SELECT n, bench.man(bench.chance(n, 10)) AS given,
               CASE WHEN bench.chance(n, 7) < 0.6 THEN bench.surname(bench.chance(n, 8))
                    ELSE bench.stem(bench.chance(n, 8)) || bench.ending(bench.chance(n, 9)) END AS surname
          FROM generate_series(1, :size) AS n) AS born) AS client

-- == contacts
SELECT n AS customer, 'mobile' AS kind, bench.phone(n, 20) AS value, 1 AS primary
  FROM generate_series(1, :size) AS n
UNION ALL
SELECT n, 'work', bench.phone(n, 25), 0
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 30) < 0.2
UNION ALL
SELECT n, 'email', bench.latin(bench.chance(n, 8)) || n || bench.mail(bench.chance(n, 31)), 0
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 32) < 0.3
UNION ALL
SELECT n, 'address', 'г. Москва, ул. ' || bench.street(bench.chance(n, 33)) || ', д. '
       || 1 + floor(140 * bench.chance(n, 34)), 0
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 35) < 0.1

-- == cards
SELECT '29' || lpad((n * 7368787 % 10000000000)::text, 10, '0') AS number, n AS customer, 5 AS percent
  FROM generate_series(1, :size) AS n WHERE bench.chance(n, 40) < 0.4

-- == vehicles
SELECT n AS id, m.make, m.model, 2004 + floor(20 * bench.chance(n, 51)) AS year,
       CASE WHEN bench.chance(n, 52) < 0.94
            THEN bench.vin_start(bench.chance(n, 50)) || 'A'
                 || lpad((n * 7368787 % 10000000)::text, 7, '0') END AS vin
  FROM generate_series(1, :vehicles) AS n
  JOIN bench.models m ON m.place = bench.model(bench.chance(n, 50))::bigint
 ORDER BY n

-- == ownerships
SELECT vehicle, client AS customer, 'owner' AS role,
       CASE WHEN bench.chance(vehicle, 62) < 0.03 THEN date '2019-06-01' END AS since, NULL::date AS until
  FROM bench.owned
UNION ALL
SELECT n, 1 + floor(bench.chance(n, 63) * :size)::bigint, 'owner', NULL, date '2019-06-01'
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 62) < 0.03

-- == plates
SELECT n AS vehicle, bench.plate(n, 70) AS number,
       CASE WHEN bench.chance(n, 76) < 0.05 THEN date '2020-01-01' END AS since, NULL::date AS until
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 77) < 0.97
UNION ALL
SELECT n, bench.plate(n, 80), NULL, date '2020-01-01'
  FROM generate_series(1, :vehicles) AS n WHERE bench.chance(n, 76) < 0.05

-- == parts
SELECT place AS id, article, manufacturer, name, unit, price FROM bench.parts

-- == stock
SELECT place AS part, 'Основной' AS warehouse, 10000000 AS quantity FROM bench.parts

-- == orders
SELECT n AS id, client AS customer, date '2024-06-01' - floor(2000 * bench.chance(n, 101))::integer AS date,
       CASE WHEN bench.chance(n, 100) < 0.01 THEN 'new' WHEN bench.chance(n, 100) < 0.02 THEN 'in_supply'
            WHEN bench.chance(n, 100) < 0.03 THEN 'arrived'
            WHEN bench.chance(n, 100) < 0.06 THEN 'cancelled' ELSE 'closed' END AS state,
       'З' || lpad(n::text, 8, '0') AS number,
       'user' || bench.someone(n, 102) AS author, 'user' || bench.someone(n, 103) AS manager,
       bench.price(n, 0) * 2 AS total,
       CASE WHEN bench.chance(n, 100) >= 0.06 THEN bench.price(n, 0) * 2 END AS paid
  FROM (SELECT n, 1 + floor(bench.chance(n, 104) * :size)::bigint AS client
          FROM generate_series(1, :orders) AS n) AS o

-- == order_lines
SELECT n AS order, 1 + floor(bench.chance(n, 151) * :parts) AS part, 2 AS quantity, bench.price(n, 0) AS price,
       CASE WHEN bench.chance(n, 100) BETWEEN 0.01 AND 0.0299 THEN 1 END AS reserved, 'Основной' AS warehouse
  FROM generate_series(1, :orders) AS n WHERE bench.chance(n, 100) < 0.03 OR n % 2 = 0

-- == requests
SELECT n AS id, DATE '2024-06-01' - floor(1000 * bench.chance(n, 120))::integer AS date,
       CASE WHEN n % 4 > 0 THEN 'arrived' WHEN bench.chance(n, 123) < 0.1 THEN 'cancelled' ELSE 'confirmed' END AS state,
       'Б' || lpad(n::text, 8, '0') AS number, o.client AS customer, o.vehicle,
       date '2024-06-03' - floor(1000 * bench.chance(n, 140))::integer
       + time '09:00' + floor(9 * bench.chance(n, 141)) * interval '1 hour' AS start,
       'Слесарный ремонт' AS repair_kind, 'Плановое обслуживание' AS reason,
       'user' || bench.someone(n, 121) AS author, 'user' || bench.someone(n, 122) AS manager
  FROM generate_series(1, :bookings) AS n
  JOIN bench.owned o ON o.vehicle = 1 + floor(bench.chance(n, 124) * :vehicles)::bigint

-- == work_orders
SELECT n AS id, o.client AS customer, o.vehicle,
       date '2024-06-01' - floor(2000 * bench.chance(n, 111))::integer AS date,
       CASE WHEN bench.chance(n, 110) < 0.005 THEN 'in_progress' WHEN bench.chance(n, 110) < 0.007 THEN 'completed'
            WHEN bench.chance(n, 110) < 0.01 THEN 'waiting'
            WHEN bench.chance(n, 110) < 0.03 THEN 'refused' ELSE 'closed' END AS state,
       'Н' || lpad(n::text, 8, '0') AS number, 'Слесарный ремонт' AS repair_kind,
       'user' || bench.someone(n, 130) AS master, 'user' || bench.someone(n, 112) AS author,
       'user' || bench.someone(n, 113) AS manager, 5000 + floor(200000 * bench.chance(n, 131)) AS mileage,
       CASE WHEN bench.chance(n, 110) >= 0.03 THEN bench.price(n, 1) * 2 END AS paid
  FROM generate_series(1, :work_orders) AS n
  JOIN bench.owned o ON o.vehicle = 1 + floor(bench.chance(n, 114) * :vehicles)::bigint

-- == work_order_works
SELECT n AS work_order, bench.work(bench.chance(n, 150)) AS name, 1.5 AS norm_hours,
       bench.price(n, 1) AS price, 'user' || bench.someone(n, 130) AS performer
  FROM generate_series(1, :work_orders) AS n
  JOIN bench.owned o ON o.vehicle = 1 + floor(bench.chance(n, 114) * :vehicles)::bigint

-- == work_order_parts
SELECT n AS work_order, 1 + floor(bench.chance(n, 152) * :parts) AS part, 1 AS quantity, bench.price(n, 1) AS price
  FROM generate_series(1, :work_orders) AS n
  JOIN bench.owned o ON o.vehicle = 1 + floor(bench.chance(n, 114) * :vehicles)::bigint

-- == events
SELECT n AS id, CASE WHEN bench.chance(n, 160) < 0.5 THEN 'call_in' ELSE 'call_out' END AS kind,
       1 + floor(bench.chance(n, 161) * :size)::bigint AS customer,
       'Напоминание о визите' AS subject, 'Перезвонить' AS result,
       'user' || bench.someone(n, 162) AS author, 'user' || bench.someone(n, 163) AS manager,
       happened AS occurred_at, CASE WHEN bench.chance(n, 164) > 0.02 THEN happened END AS processed_at
  FROM (SELECT n, timestamp '2024-06-01' - floor(bench.chance(n, 165) * 60000000) * interval '1 second' AS happened
          FROM generate_series(1, :events) AS n) AS e
