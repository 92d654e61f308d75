"""Bays and masters that imported requests hold: never two at a time."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileformat import Check, overlapping

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

IS_HELD = "coalesce({state}, '') NOT IN ('cancelled', 'no_show')"
REQUEST_IS_HELD = IS_HELD.format(state="m.state")
SLOT_IS_HELD = IS_HELD.format(state="m.document_state")
# What is scarce: its column in the files, the scope it is scarce in, on `m` and on a slot's `t`.
BAY = ("bay", "m.branch_id || ' ' || upper(m.bay)", "b.branch_id || ' ' || upper(b.name)")
MASTER = ("master", "m.master_id::text", "t.master_id::text")


def no_overlap(scarce: tuple[str, str, str], message: "StrOrPromise", *, further: bool) -> Check:
    """Of requests, or of the `further` slots that a file of their own brings."""
    column, given, held = scarce
    requests = f"""
        SELECT {given} AS scope, m.start_at AS starts, m.end_at AS ends,
               {"NULL::integer AS row, NULL" if further else f"m.row, m.{column}"} AS value
          FROM import_requests m WHERE m.{column} IS NOT NULL AND {REQUEST_IS_HELD}
    """
    slots = f"""
        UNION ALL
        SELECT {given}, m.start_at, m.end_at, m.row, m.{column}
          FROM import_slots m WHERE m.{column} IS NOT NULL AND {SLOT_IS_HELD}
    """
    replaced = "UNION ALL SELECT m.request_id FROM import_slots m WHERE m.request_id IS NOT NULL"
    return Check(
        column,
        message,
        rows=overlapping(
            f"""
            {requests} {slots if further else ""}
            UNION ALL
            SELECT {held}, t.start_at, t.end_at, NULL, NULL
              FROM orders_slot t LEFT JOIN orders_bay b ON b.id = t.bay_id
             WHERE t.is_held AND {held} IS NOT NULL AND t.request_id NOT IN (
                   SELECT m.pk FROM import_requests m
                    WHERE m.start_at IS NOT NULL OR NOT {REQUEST_IS_HELD}
                   {replaced if further else ""})
            """
        ),
    )


BAY_IS_TAKEN = _("the bay is taken at that time")
MASTER_IS_TAKEN = _("the master is busy at that time")
SLOTS_OVERLAP = (
    no_overlap(BAY, BAY_IS_TAKEN, further=False),
    no_overlap(MASTER, MASTER_IS_TAKEN, further=False),
)
FURTHER_SLOTS_OVERLAP = (
    no_overlap(BAY, BAY_IS_TAKEN, further=True),
    no_overlap(MASTER, MASTER_IS_TAKEN, further=True),
)


def make_bays(name: str) -> str:
    return f"""
        INSERT INTO orders_bay (branch_id, name)
        SELECT DISTINCT ON (m.branch_id, upper(m.bay)) m.branch_id, m.bay
          FROM import_{name} m WHERE m.bay IS NOT NULL
         ORDER BY m.branch_id, upper(m.bay), m.row
        ON CONFLICT DO NOTHING
    """


# Bays that change hands are freed first and booked when all states are in, so that no two requests
# hold one even for a moment. A request has one slot here; further ones stay.
FREE_BAYS = (
    make_bays("requests"),
    f"""
    CREATE TEMPORARY TABLE import_slot ON COMMIT DROP AS
    SELECT m.row, m.pk AS request_id, m.is_new, m.start_at, m.end_at, b.id AS bay_id,
           coalesce(m.master_id, f.master_id) AS master_id, f.id AS slot_id
      FROM import_requests m
      LEFT JOIN orders_bay b ON b.branch_id = m.branch_id AND upper(b.name) = upper(m.bay)
      LEFT JOIN (SELECT DISTINCT ON (request_id) * FROM orders_slot
                  WHERE request_id IN (SELECT pk FROM import_requests)
                  ORDER BY request_id, id) AS f ON f.request_id = m.pk
     WHERE m.start_at IS NOT NULL
       AND (f.id IS NULL
            OR (f.start_at, f.end_at, f.bay_id, f.master_id, f.is_held)
               IS DISTINCT FROM (m.start_at, m.end_at, b.id, coalesce(m.master_id, f.master_id),
                                 {REQUEST_IS_HELD}))
    """,
    """
    INSERT INTO import_changed
    SELECT 'requests', row, request_id FROM import_slot WHERE NOT is_new
    """,
    """
    UPDATE orders_slot t SET bay_id = NULL, master_id = NULL
      FROM import_slot s WHERE s.slot_id = t.id AND coalesce(t.bay_id, t.master_id) IS NOT NULL
    """,
)
BOOK_BAYS = (
    """
    UPDATE orders_slot t
       SET start_at = s.start_at, end_at = s.end_at, bay_id = s.bay_id, master_id = s.master_id
      FROM import_slot s WHERE s.slot_id = t.id
    """,
    """
    INSERT INTO orders_slot (request_id, bay_id, master_id, start_at, end_at, is_held)
    SELECT request_id, bay_id, master_id, start_at, end_at, true FROM import_slot
     WHERE slot_id IS NULL ORDER BY request_id
    """,
)
FURTHER_BAYS = (
    make_bays("slots"),
    """
    UPDATE import_slots m SET bay_id = b.id FROM orders_bay b
     WHERE b.branch_id = m.branch_id AND upper(b.name) = upper(m.bay)
    """,
)
