"""The files of this floor: vehicles, and what changes about them over time."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Code, Date, Integer, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Target,
    Touch,
    kept,
    overlapping,
    same,
    text,
)
from customers.import_files import A_CLIENT, A_USER, A_VEHICLE, NOBODY
from vehicles.models import VehicleOwnership

# A model belongs to a make. A file may name a model alone, and then it is of this one; a make alone
# is a model without a name, so that lists show what is known.
NO_MAKE = "'Без марки'"
IS_KNOWN = "(s.make IS NOT NULL OR s.model IS NOT NULL)"

# What a row names by `make` and `model` is then `v`.
MODELS = f"""
    LEFT JOIN vehicles_make k ON upper(k.name) = upper(coalesce(s.make, {NO_MAKE}))
    LEFT JOIN vehicles_vehiclemodel v
           ON v.make_id = k.id AND upper(v.name) = upper(coalesce(s.model, '')) AND {IS_KNOWN}
"""


def make_models(file: str) -> tuple[str, str]:
    """The makes and models that a file names are there."""
    return (
        f"""
        INSERT INTO vehicles_make (name)
        SELECT DISTINCT ON (upper(coalesce(s.make, {NO_MAKE}))) coalesce(s.make, {NO_MAKE})
          FROM stage_{file} s WHERE {IS_KNOWN} AND s.fault IS NULL
         ORDER BY upper(coalesce(s.make, {NO_MAKE})), s.row
        ON CONFLICT DO NOTHING
        """,
        f"""
        INSERT INTO vehicles_vehiclemodel (make_id, name)
        SELECT DISTINCT ON (k.id, upper(coalesce(s.model, ''))) k.id, coalesce(s.model, '')
          FROM stage_{file} s
          JOIN vehicles_make k ON upper(k.name) = upper(coalesce(s.make, {NO_MAKE}))
         WHERE {IS_KNOWN} AND s.fault IS NULL
         ORDER BY k.id, upper(coalesce(s.model, '')), s.row
        ON CONFLICT DO NOTHING
        """,
    )


VEHICLES = FileFormat(
    "vehicles",
    columns=(
        Column("id", ID, required=True),
        Column("make", Text(100)),
        Column("model", Text(200)),
        Column("trim", Text(200)),
        Column("vin", Text(30)),
        Column("body_number", Text(40)),
        Column("year", Integer(1886, 2100)),
        Column("colour", Text(60)),
        Column("plate", Text(20)),
        Column("engine", Text(100)),
        Column("gearbox", Text(100)),
        Column("comment", Text()),
    ),
    key="id",
    found_by=BY_SOURCE,
    prepare=make_models("vehicles"),
    joins=MODELS,
    derived={"model_id": "v.id"},
    checks=(
        # [law: ISO 3779] «Warn, never block»: a VIN that may be one is kept, with a word about it.
        Check(
            "vin",
            _("a VIN has 17 letters and digits; body numbers go to the column body_number"),
            when=r"m.vin ~ '[^[:alnum:] -]' OR length(regexp_replace(m.vin, '[ -]', '', 'g')) > 17",
        ),
        Check(
            "vin",
            _("does not look like a VIN, and was kept: 17 letters and digits without I, O and Q"),
            when="""m.vin !~ '[^[:alnum:] -]'
                AND length(regexp_replace(m.vin, '[ -]', '', 'g')) <= 17
                AND upper(regexp_replace(m.vin, '[ -]', '', 'g')) !~ '^[A-HJ-NPR-Z0-9]{17}$'""",
            warns=True,
        ),
    ),
    targets=(
        Target(
            "vehicles_vehicle",
            {
                **same("model_id", "year"),
                **text("trim", "vin", "body_number", "colour"),
                **kept("engine", "gearbox", "comment"),
            },
            at_first={**SOURCED, "lookup": "''", "is_owned": "false"},
        ),
    ),
    vehicles=Touch("m.pk", "t.id"),
    # The column `plate` is the current one. It is looked at last, when the dated plates of
    # plates.csv are in: one that is current already changes nothing, another one ends today.
    finish=(
        """
        CREATE TEMPORARY TABLE import_new_plate ON COMMIT DROP AS
        SELECT m.row, m.pk AS vehicle_id, m.plate, m.is_new, c.id AS old,
               greatest(CASE WHEN c.id IS NOT NULL THEN %(today)s::date END, c.since, f.until)
               AS since
          FROM import_vehicles m
          LEFT JOIN vehicles_vehicleplate c ON c.vehicle_id = m.pk AND c.until IS NULL
          LEFT JOIN (SELECT vehicle_id, max(until) AS until
                       FROM vehicles_vehicleplate GROUP BY vehicle_id) f ON f.vehicle_id = m.pk
         WHERE m.plate IS NOT NULL AND fold_vehicle(m.plate) IS DISTINCT FROM c.folded
        """,
        """
        UPDATE vehicles_vehicleplate t SET until = n.since
          FROM import_new_plate n WHERE n.old = t.id
        """,
        """
        INSERT INTO vehicles_vehicleplate (vehicle_id, number, since)
        SELECT vehicle_id, plate, since FROM import_new_plate ORDER BY vehicle_id
        ON CONFLICT (vehicle_id, folded, since) DO UPDATE SET until = NULL
        """,
        """
        INSERT INTO import_changed
        SELECT 'vehicles', row, vehicle_id FROM import_new_plate WHERE NOT is_new
        """,
        "INSERT INTO import_vehicle SELECT vehicle_id FROM import_new_plate WHERE NOT is_new",
    ),
)


def ends_where_the_next_begins(name: str, table: str, when: str) -> tuple[str, str]:
    """Statements that close periods without an end: those of the file, then those we hold.

    An empty `until` is the present only while no later row of the vehicle says otherwise; so a sale
    closes the seller's row, and an old file does not open it again.
    """
    periods = f"""
        SELECT key, is_given, until, min(since) OVER (
                   PARTITION BY vehicle_id ORDER BY since NULLS FIRST
                   GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next
          FROM (
            SELECT m.row AS key, true AS is_given, m.vehicle_id, m.since, m.until
              FROM import_{name} m WHERE {when.format(row="m")}
            UNION ALL
            SELECT t.id, false, t.vehicle_id, t.since, t.until FROM {table} t
             WHERE {when.format(row="t")}
               AND t.vehicle_id IN (SELECT vehicle_id FROM import_{name})
               AND t.id NOT IN (SELECT pk FROM import_{name})
          ) AS known
    """
    return (
        f"""
        CREATE TEMPORARY TABLE import_ended_{name} ON COMMIT DROP AS
        SELECT key, is_given, next FROM ({periods}) AS p WHERE until IS NULL AND next IS NOT NULL
        """,
        f"""
        UPDATE import_{name} m SET until = e.next
          FROM import_ended_{name} e WHERE e.is_given AND e.key = m.row
        """,
    )


def timeline(name: str, table: str, column: str, when: str = "true") -> dict[str, Any]:
    """What owners and plates share: one at a time on a vehicle, none ends before it starts."""
    return {
        "checks": (Check("until", _("ends before it starts"), when="m.until < m.since"),),
        "settle": ends_where_the_next_begins(name, table, when),
        "conflicts": (
            Check(
                column,
                _("overlaps another period of the same vehicle: give since and until"),
                rows=overlapping(
                    f"""
                    SELECT m.vehicle_id AS scope, coalesce(m.since, '-infinity') AS starts,
                           coalesce(m.until, 'infinity') AS ends, m.row, m.{column} AS value
                      FROM import_{name} m WHERE {when.format(row="m")}
                    UNION ALL
                    SELECT t.vehicle_id, coalesce(t.since, '-infinity'),
                           coalesce(t.until, e.next, 'infinity'), NULL, NULL
                      FROM {table} t
                      LEFT JOIN import_ended_{name} e ON e.key = t.id AND NOT e.is_given
                     WHERE {when.format(row="t")}
                       AND t.vehicle_id IN (SELECT vehicle_id FROM import_{name})
                       AND t.id NOT IN (SELECT pk FROM import_{name})
                    """
                ),
            ),
        ),
        # What ends earlier ends first, so that no two periods meet even for a moment.
        "before": (
            f"""
            UPDATE {table} t SET until = e.next
              FROM import_ended_{name} e
             WHERE NOT e.is_given AND e.key = t.id
               AND t.vehicle_id IN (SELECT vehicle_id FROM import_{name})
            """,
            f"""
            INSERT INTO import_changed SELECT '{name}', m.row, m.pk
              FROM import_{name} m JOIN {table} t
                ON t.id = m.pk AND m.until < coalesce(t.until, 'infinity')
            """,
            f"""
            UPDATE {table} t SET until = m.until
              FROM import_{name} m WHERE t.id = m.pk AND m.until < coalesce(t.until, 'infinity')
            """,
        ),
    }


OWNERSHIPS = FileFormat(
    "ownerships",
    columns=(
        Column("vehicle", ID, required=True, refers=A_VEHICLE),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("role", Code(tuple(VehicleOwnership.Role.values))),
        Column("since", Date()),
        Column("until", Date()),
    ),
    key="vehicle_id, customer_id, role, since",
    derived={"role": "coalesce(s.role, 'owner')"},
    found_by="""t.vehicle_id = s.vehicle_id AND t.counterparty_id = s.customer_id
        AND t.role = s.role AND t.since IS NOT DISTINCT FROM s.since""",
    targets=(
        Target(
            "vehicles_vehicleownership",
            same("until"),
            at_first={
                **same("vehicle_id", "role", "since"),
                "counterparty_id": "m.customer_id",
            },
        ),
    ),
    clients=Touch("m.customer_id", "t.counterparty_id"),
    vehicles=Touch("m.vehicle_id", "t.vehicle_id"),
    **timeline("ownerships", "vehicles_vehicleownership", "customer", "{row}.role = 'owner'"),
)

PLATES = FileFormat(
    "plates",
    columns=(
        Column("vehicle", ID, required=True, refers=A_VEHICLE),
        Column("number", Text(20), required=True),
        Column("since", Date()),
        Column("until", Date()),
    ),
    key="vehicle_id, folded, since",
    derived={"folded": "fold_vehicle(s.number)"},
    found_by="""t.vehicle_id = s.vehicle_id AND t.folded = s.folded
        AND t.since IS NOT DISTINCT FROM s.since""",
    targets=(
        Target(
            "vehicles_vehicleplate",
            same("number", "until"),
            at_first=same("vehicle_id", "since"),
        ),
    ),
    vehicles=Touch("m.vehicle_id", "t.vehicle_id"),
    **timeline("plates", "vehicles_vehicleplate", "number"),
)

ODOMETER = FileFormat(
    "odometer",
    columns=(
        Column("vehicle", ID, required=True, refers=A_VEHICLE),
        Column("taken_on", Date(), required=True),
        Column("km", Integer(), required=True),
        Column("author", Text(150), refers=A_USER),
    ),
    key="vehicle_id, taken_on",
    found_by="t.vehicle_id = s.vehicle_id AND t.taken_on = s.taken_on",
    # A day keeps one reading: one that a document took is only ever raised.
    completed={
        "kept_km": "CASE WHEN t.document_id IS NULL THEN s.km ELSE greatest(s.km, t.km) END"
    },
    targets=(
        Target(
            "vehicles_odometerreading",
            {"km": "m.kept_km", **kept("author_id", new=NOBODY)},
            at_first=same("vehicle_id", "taken_on"),
        ),
    ),
)
