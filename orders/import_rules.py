"""What importing documents takes beyond writing their rows: numbers, sums, payments.

Each rule is a few statements over all rows of a file at once (see `armclients.kit.fileformat` for
`m` and `t`); the checks before them keep the database's own promises from ever being broken.
"""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileformat import Check, known_as, name_of, source_of
from orders.actions.numbering import DIGITS

# Branches

ADOPT_OWN_BRANCHES = f"""
    UPDATE orders_branch t SET source = {source_of("s.id")}, source_id = {name_of("s.id")}
      FROM stage_branches s
     WHERE t.source = '' AND upper(t.name) = upper(s.name) AND s.id IS NOT NULL
       AND NOT EXISTS (SELECT FROM orders_branch o WHERE {known_as("o", "s.id")})
"""
BRANCH_NAME_TAKEN = """
    SELECT m.row, m.name AS value, NULL::text AS detail FROM import_branches m
     WHERE EXISTS (SELECT FROM orders_branch t
                    WHERE upper(t.name) = upper(m.name) AND t.id <> m.pk)
        OR EXISTS (SELECT FROM import_branches o
                    WHERE upper(o.name) = upper(m.name) AND o.row < m.row)
"""
MAKE_FIRST_BRANCH = """
    INSERT INTO orders_branch (name, prefix, timezone, source)
    SELECT 'Основное подразделение', 'ЦОА', %(zone)s, ''
     WHERE NOT EXISTS (SELECT FROM orders_branch) AND NOT EXISTS (SELECT FROM import_branches)
       AND EXISTS (SELECT FROM stage_orders WHERE branch IS NULL UNION ALL
                   SELECT FROM stage_requests WHERE branch IS NULL UNION ALL
                   SELECT FROM stage_work_orders WHERE branch IS NULL UNION ALL
                   SELECT FROM stage_estimates WHERE branch IS NULL UNION ALL
                   SELECT FROM stage_sales WHERE branch IS NULL UNION ALL
                   SELECT FROM stage_invoices WHERE branch IS NULL)
"""
FIRST_BRANCH = """
    SELECT id, zone FROM (
        SELECT pk AS id, zone, 1 AS rank FROM import_branches
        UNION ALL
        SELECT id, timezone, 2 FROM orders_branch) AS b ORDER BY id, rank LIMIT 1
"""

# Numbers


def number_taken(name: str, kind: str) -> Check:
    """A number that another document of the branch, kind and year has, here or in the file."""
    return Check(
        "number",
        _("this number is taken by another document of the same branch and year"),
        rows=f"""
            SELECT m.row, m.final_number AS value, NULL::text AS detail
              FROM (SELECT *, row_number() OVER (
                        PARTITION BY branch_id, extract(year FROM date), final_number ORDER BY row
                    ) AS place FROM import_{name} WHERE final_number IS NOT NULL) AS m
             WHERE m.place > 1
                OR EXISTS (SELECT FROM orders_document d
                            WHERE d.branch_id = m.branch_id AND d.kind = '{kind}'
                              AND d.year = extract(year FROM m.date) AND d.number = m.final_number
                              AND d.id <> m.pk)
        """,
    )


def numbered(name: str, kind: str) -> tuple[str, ...]:
    """Imported numbers move the counters; documents without one draw theirs in the file's order."""
    tail = "substr(m.final_number, length(b.prefix) + 1)"
    counted = f"c.branch_id = n.branch_id AND c.kind = '{kind}' AND c.year = n.year"
    following = "(c.last + m.place)::text"
    return (
        f"""
        CREATE TEMPORARY TABLE import_counter_{name} ON COMMIT DROP AS
        SELECT m.branch_id, extract(year FROM m.date)::smallint AS year,
               count(*) FILTER (WHERE m.final_number IS NULL) AS wanted,
               coalesce(max(CASE WHEN starts_with(m.final_number, b.prefix)
                                  AND {tail} ~ '^[0-9]{{1,9}}$'
                                 THEN ({tail})::integer END), 0) AS highest
          FROM import_{name} m JOIN orders_branch b ON b.id = m.branch_id
         GROUP BY m.branch_id, extract(year FROM m.date)
        """,
        f"""
        INSERT INTO orders_documentcounter (branch_id, kind, year, last)
        SELECT n.branch_id, '{kind}', n.year, 0 FROM import_counter_{name} n
         WHERE n.wanted > 0 OR n.highest > 0 ORDER BY n.branch_id, n.year
        ON CONFLICT DO NOTHING
        """,
        f"""
        SELECT 1 FROM orders_documentcounter c JOIN import_counter_{name} n ON {counted}
         WHERE n.wanted > 0 OR n.highest > c.last ORDER BY c.id FOR UPDATE OF c
        """,
        f"""
        UPDATE orders_documentcounter c SET last = n.highest
          FROM import_counter_{name} n WHERE {counted} AND n.highest > c.last
        """,
        f"""
        UPDATE import_{name} d
           SET number = b.prefix || lpad({following}, greatest({DIGITS}, length({following})), '0')
          FROM (SELECT row, branch_id, extract(year FROM date)::smallint AS year,
                       row_number() OVER (
                           PARTITION BY branch_id, extract(year FROM date) ORDER BY row) AS place
                  FROM import_{name} WHERE final_number IS NULL) AS m
          JOIN orders_branch b ON b.id = m.branch_id
          JOIN orders_documentcounter c
            ON c.branch_id = m.branch_id AND c.kind = '{kind}' AND c.year = m.year
         WHERE d.row = m.row
        """,
        f"""
        UPDATE orders_documentcounter c SET last = c.last + n.wanted
          FROM import_counter_{name} n WHERE {counted} AND n.wanted > 0
        """,
    )


# Sums

# As the database computes it for each line.
AMOUNT = "round(quantity * line_price * (100 - line_discount) / 100, 2)"


def totalled(name: str, *line_files: tuple[str, str]) -> tuple[str, ...]:
    """`total` of a new document is that of its lines; of an old one that has lines, it is left."""
    given = " UNION ALL ".join(
        f"SELECT document_id, {AMOUNT} AS amount FROM import_{lines}"
        for lines, _table in line_files
    )
    has_lines = " OR ".join(
        f"m.pk IN (SELECT document_id FROM import_{lines})"
        f" OR EXISTS (SELECT FROM {table} l WHERE l.document_id = m.pk)"
        for lines, table in line_files
    )
    return (
        f"""
        UPDATE import_{name} m SET total = l.total
          FROM (SELECT document_id, sum(amount) AS total
                  FROM ({given}) AS g GROUP BY document_id) AS l
         WHERE l.document_id = m.pk AND m.is_new
        """,
        f"""
        UPDATE import_{name} m SET total = NULL
         WHERE NOT m.is_new AND m.total IS NOT NULL AND ({has_lines})
        """,
    )


def paid(name: str, kind: str) -> tuple[str, ...]:
    """What the file says was paid is one payment, on the document's day.

    A payment of the same name in payments.csv is left to that file.
    """
    source, key = source_of("m.id"), f"'paid:{kind}:' || {name_of('m.id')}"
    return (
        f"""
        CREATE TEMPORARY TABLE import_payment_{name} ON COMMIT DROP AS
        SELECT m.row, m.pk AS document_id, m.is_new, m.payer_id, m.date,
               nullif(m.paid, 0) AS amount, p.id AS payment_id,
               {source} AS source, {key} AS source_id
          FROM import_{name} m
          LEFT JOIN orders_payment p ON p.source = {source} AND p.source_id = {key}
         WHERE p.id IS NULL AND m.paid > 0
            OR p.id IS NOT NULL AND p.id NOT IN (SELECT pk FROM import_payments)
           AND (p.amount, p.date, p.counterparty_id, p.document_id)
               IS DISTINCT FROM (nullif(m.paid, 0), m.date, m.payer_id, m.pk)
        """,
        f"""
        DELETE FROM orders_payment p USING import_payment_{name} w
         WHERE w.payment_id = p.id AND w.amount IS NULL
        """,
        f"""
        UPDATE orders_payment p
           SET amount = w.amount, date = w.date,
               counterparty_id = w.payer_id, document_id = w.document_id
          FROM import_payment_{name} w WHERE w.payment_id = p.id AND w.amount IS NOT NULL
        """,
        f"""
        INSERT INTO orders_payment (document_id, counterparty_id, date, amount, method, direction,
                                    state, receipt_number, source, source_id)
        SELECT w.document_id, w.payer_id, w.date, w.amount, 'cash', 'in', 'posted', '',
               w.source, w.source_id
          FROM import_payment_{name} w WHERE w.payment_id IS NULL ORDER BY w.document_id
        """,
        f"""
        INSERT INTO import_changed
        SELECT '{name}', row, document_id FROM import_payment_{name} WHERE NOT is_new
        """,
        f"""
        INSERT INTO import_document SELECT document_id FROM import_payment_{name} WHERE NOT is_new
        """,
    )


def line_too_dear(name: str, column: str) -> Check:
    return Check(
        column,
        _("the total of the document has more than 12 digits"),
        rows=f"""
            SELECT row, line_price::text AS value, NULL::text AS detail
              FROM (SELECT *, sum({AMOUNT}) OVER (PARTITION BY document_id)
                           AS document_total FROM import_{name}) AS m
             WHERE document_total >= 1e12
        """,
    )


def after_lines(name: str, documents: str) -> tuple[str, ...]:
    """Documents that were there before get their total anew, and their clients their search row."""
    old = f"""
        SELECT r.owner FROM replaced_{name} r
         WHERE NOT EXISTS (SELECT FROM import_{documents} d WHERE d.pk = r.owner AND d.is_new)
    """
    return (
        f"INSERT INTO import_document {old}",
        f"""
        INSERT INTO import_client
        SELECT counterparty_id FROM orders_document WHERE id IN ({old})
        """,
    )


# Mileage

READ_ODOMETER = (
    """
    INSERT INTO vehicles_odometerreading AS t (vehicle_id, taken_on, km, document_id)
    SELECT DISTINCT ON (m.vehicle_id, m.date) m.vehicle_id, m.date, m.mileage, m.pk
      FROM import_work_orders m
     WHERE m.mileage IS NOT NULL AND m.vehicle_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM vehicles_odometerreading r
                        WHERE r.vehicle_id = m.vehicle_id AND r.taken_on = m.date
                          AND r.km >= m.mileage)
     ORDER BY m.vehicle_id, m.date, m.mileage DESC, m.row
    ON CONFLICT (vehicle_id, taken_on) DO UPDATE
       SET km = excluded.km, document_id = excluded.document_id
    """,
)
