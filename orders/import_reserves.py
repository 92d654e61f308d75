"""Stock and what is held of it, when both are imported: never more is reserved than there is."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileformat import Check

# A quantity that would fall below what is reserved waits until the documents have released theirs.
SET_STOCK = (
    """
    INSERT INTO import_changed
    SELECT 'stock', m.row, m.pk FROM import_stock m JOIN orders_stock t ON t.id = m.pk
     WHERE NOT m.is_new AND t.quantity <> m.quantity AND m.quantity >= t.reserved
    """,
    """
    UPDATE orders_stock t SET quantity = m.quantity FROM import_stock m
     WHERE t.id = m.pk AND NOT m.is_new AND t.quantity <> m.quantity AND m.quantity >= t.reserved
    """,
)
STOCK_IS_RESERVED = Check(
    "quantity",
    _("%(detail)s are reserved"),
    rows="""
        SELECT m.row, m.quantity::text AS value, t.reserved::text AS detail
          FROM import_stock m JOIN orders_stock t ON t.id = m.pk WHERE t.quantity <> m.quantity
    """,
)


def reserves_found(name: str) -> str:
    """The stock that a line reserves: of the warehouse it names, or the only one with the part.

    A line may be of one warehouse and reserved in another.
    """
    return f"""
        WITH shelf AS (
            SELECT pk AS stock_id, part_id, warehouse_id, quantity FROM import_stock
            UNION ALL
            SELECT t.id, t.part_id, t.warehouse_id, t.quantity FROM orders_stock t
             WHERE t.id NOT IN (SELECT pk FROM import_stock)
               AND t.part_id IN (SELECT part_id FROM import_{name} WHERE reserved > 0)
        ), found AS (
            SELECT w.row, min(h.stock_id) AS stock_id, min(h.warehouse_id) AS warehouse_id
              FROM import_{name} w
              JOIN shelf h ON h.part_id = w.part_id
               AND (h.warehouse_id = coalesce(w.reserved_in_id, w.warehouse_id)
                    OR w.reserved_in_id IS NULL AND w.warehouse_id IS NULL AND h.quantity > 0)
             WHERE w.reserved > 0 GROUP BY w.row HAVING count(*) = 1
        )
        UPDATE import_{name} m
           SET stock_id = f.stock_id,
               warehouse_id = CASE WHEN m.reserved_in_id IS NULL THEN f.warehouse_id
                                   ELSE m.warehouse_id END
          FROM found f WHERE f.row = m.row
    """


def reserve_checks(kind: str) -> tuple[Check, ...]:
    return (
        Check(
            "reserved",
            _("is more than the quantity of the line"),
            when="m.reserved > m.quantity",
        ),
        Check(
            "reserved",
            _("nothing can be reserved on a document in the state «%(detail)s»"),
            when=f"m.reserved > 0 AND NOT reserve_allowed('{kind}', m.document_state)",
            detail="m.document_state",
        ),
    )


def reserve_conflicts(name: str, other_lines: str = "") -> tuple[Check, ...]:
    """No more is reserved than is free, counting the reserves of everybody else.

    Documents in this file give back what they hold; so do those that end in this import.
    """
    already = (
        f"UNION ALL SELECT stock_id, reserved FROM import_{other_lines} WHERE reserved > 0"
        if other_lines
        else ""
    )
    given_back = f"l.document_id IN (SELECT document_id FROM import_{name})" + (
        f" OR l.document_id IN (SELECT document_id FROM import_{other_lines})"
        if other_lines
        else ""
    )
    return (
        Check(
            "warehouse",
            _("name the warehouse: not exactly one holds this part"),
            when="m.reserved > 0 AND m.stock_id IS NULL",
        ),
        Check(
            "reserved",
            _("only %(detail)s are free"),
            rows=f"""
                WITH held AS (
                    SELECT r.stock_id, r.quantity FROM orders_reserve r
                      JOIN orders_partline l ON l.id = r.line_id
                      JOIN orders_document d ON d.id = l.document_id
                      LEFT JOIN import_orders o ON o.pk = d.id
                      LEFT JOIN import_work_orders w ON w.pk = d.id
                     WHERE NOT ({given_back})
                       AND reserve_allowed(d.kind, coalesce(o.state, w.state, d.state))
                    {already}
                ), others AS (SELECT stock_id, sum(quantity) AS held FROM held GROUP BY stock_id),
                wanted AS (
                    SELECT m.row, m.reserved, sum(m.reserved) OVER (
                               PARTITION BY m.stock_id ORDER BY m.row) AS so_far,
                           coalesce(s.quantity, t.quantity) - coalesce(h.held, 0) AS free
                      FROM import_{name} m
                      LEFT JOIN orders_stock t ON t.id = m.stock_id
                      LEFT JOIN import_stock s ON s.pk = m.stock_id
                      LEFT JOIN others h ON h.stock_id = m.stock_id
                     WHERE m.reserved > 0 AND m.stock_id IS NOT NULL
                )
                SELECT row, reserved::text AS value,
                       greatest(free - so_far + reserved, 0)::text AS detail
                  FROM wanted WHERE so_far > free
            """,
        ),
    )


RELEASE_RESERVES = """
    DELETE FROM orders_reserve r USING orders_partline l, {replaced} x
     WHERE l.id = r.line_id AND x.owner = l.document_id AND x.had_lines
"""

FORGET_CODES = """
    DELETE FROM orders_markingcode c USING orders_partline l, {replaced} x
     WHERE l.id = c.line_id AND x.owner = l.document_id AND x.had_lines
"""
# Lines are written anew, and what moved for them finds them again by their part; where the file has
# less than was issued, the movements stay with the document alone.
FORGET_LINES = """
    UPDATE orders_stockmovement m SET line_id = NULL
      FROM orders_partline l, {replaced} x
     WHERE l.id = m.line_id AND x.owner = l.document_id AND x.had_lines
"""


def remember_lines(name: str) -> str:
    return f"""
        UPDATE orders_stockmovement m SET line_id = f.line_id
          FROM (
            SELECT l.document_id, l.part_id, min(l.id) AS line_id, min(l.quantity) AS quantity
              FROM orders_partline l JOIN replaced_{name} r ON r.owner = l.document_id
             GROUP BY l.document_id, l.part_id
          ) f, orders_stock s
         WHERE s.id = m.stock_id AND s.part_id = f.part_id AND m.document_id = f.document_id
           AND m.line_id IS NULL
           AND f.quantity >= (SELECT -sum(o.quantity) FROM orders_stockmovement o
                               JOIN orders_stock t ON t.id = o.stock_id
                              WHERE o.document_id = f.document_id AND t.part_id = f.part_id)
    """


def reserve_stock(name: str) -> str:
    return f"""
        INSERT INTO orders_reserve (line_id, stock_id, quantity)
        SELECT l.id, m.stock_id, m.reserved
          FROM import_{name} m
          JOIN replaced_{name} r ON r.owner = m.document_id
          JOIN orders_partline l ON l.document_id = m.document_id AND l.position = m.position
         WHERE m.reserved > 0 ORDER BY l.id
    """
