"""The files of the tire hotel: cells, the sets in them, how they wear and where they were."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Boolean, Code, Date, Integer, Moment, Money, Number, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Kept,
    Lines,
    Reference,
    Target,
    at_zone,
    by_name,
    kept,
    same,
    text,
)
from customers.import_files import A_CLIENT, A_USER, A_VEHICLE, NOBODY
from vehicles.models import Season, TireMeasurement, TireMovement, TireSet
from vehicles.models.storage import LARGEST_RIM
from vehicles.models.tires import MOST

SMALL = Number(3, 1)
A_CELL = Reference(
    "vehicles_storagecell",
    "upper({t}.code) = upper({cell})",
    file="tire_cells",
    file_column="code",
)
A_SET = Reference("vehicles_tireset", IN_SOURCE, file="tire_sets")
IS_GONE = "coalesce(s.state, t.state, 'stored') IN ('released', 'disposed')"
# A number of ours, such as `T000123`: the counter goes on after the highest.
OURS = r"'^T\d{1,9}$'"

CELLS = FileFormat(
    "tire_cells",
    columns=(
        Column("code", Text(30), required=True),
        Column("store", Text(100), required=True, refers=by_name("vehicles_tirestore")),
        Column("zone", Text(10)),
        Column("rack", Integer(0, 32_767), required=True),
        Column("shelf", Integer(0, 32_767), required=True),
        Column("position", Integer(0, 32_767), required=True),
        Column("capacity", Integer(0, 32_767)),
        Column("largest_rim", Integer(*LARGEST_RIM)),
        Column("season", Code(tuple(Season.values))),
        Column("in_use", Boolean()),
    ),
    key="code",
    found_by="upper(t.code) = upper(s.code)",
    completed={
        "room": "coalesce(s.capacity, t.capacity, 4)",
        "lying": "coalesce(t.held, 0)",
    },
    checks=(
        Check("capacity", _("more tires lie in the cell already"), when="m.room < m.lying"),
        Check(
            "position",
            _("another cell has this address"),
            rows="""
                SELECT m.row, m.position::text AS value, NULL::text AS detail
                  FROM import_tire_cells m
                  JOIN vehicles_storagecell t
                    ON t.store_id = m.store_id AND t.zone = coalesce(m.zone, '')
                   AND (t.rack, t.shelf, t.position) = (m.rack, m.shelf, m.position)
                   AND t.id <> m.pk
                UNION ALL
                SELECT row, position::text, NULL FROM (
                    SELECT *, row_number() OVER (
                                  PARTITION BY store_id, coalesce(zone, ''), rack, shelf, position
                                  ORDER BY row) AS nth
                      FROM import_tire_cells) AS own
                 WHERE nth > 1
            """,
        ),
    ),
    targets=(
        Target(
            "vehicles_storagecell",
            {
                **same("code", "store_id", "rack", "shelf", "position", "largest_rim"),
                **text("zone", "season"),
                "capacity": "m.room",
                "is_active": Kept("m.in_use", "true"),
            },
        ),
    ),
)

SETS = FileFormat(
    "tire_sets",
    columns=(
        Column("id", ID, required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("season", Code(tuple(Season.values)), required=True),
        Column("number", Text(20)),
        Column("vehicle", ID, refers=A_VEHICLE),
        Column("studded", Boolean()),
        Column("brand", Text(60)),
        Column("model", Text(100)),
        Column("size", Text(40)),
        Column("dot", Text(20)),
        Column("rims", Code(("steel", "alloy"))),
        Column("tpms", Boolean()),
        Column("quantity", Integer(1, MOST)),
        Column("comment", Text()),
        Column("contract", Text(40)),
        Column("until", Date()),
        Column("price", Money),
        Column("state", Code(tuple(TireSet.State.values))),
        Column("cell", Text(30), refers=A_CELL),
        Column("taken_on", Date()),
        Column("needed_on", Date()),
        Column("noticed_on", Date()),
        Column("notice", Text(200)),
        Column("left_on", Date()),
        Column("author", Text(150), refers=A_USER),
    ),
    key="id",
    found_by=BY_SOURCE,
    completed={
        "final_number": "coalesce(s.number, t.number)",
        "final_state": "coalesce(s.state, t.state, 'stored')",
        "tires": "coalesce(s.quantity, t.quantity, 4)",
        "place": f"CASE WHEN NOT {IS_GONE} THEN s.cell_id END",
        "gone_on": f"CASE WHEN {IS_GONE} THEN coalesce(s.left_on, t.left_on, %(today)s::date) END",
        "told_on": """
            CASE WHEN coalesce(s.state, t.state) = 'disposed'
                 THEN coalesce(s.noticed_on, s.left_on, %(today)s::date) ELSE s.noticed_on END
        """,
    },
    checks=(Check("price", _("is below zero"), when="m.price < 0"),),
    settle=(
        f"""
        UPDATE import_tire_sets m
           SET final_number = 'T' || lpad((known.last + n.nth)::text, 6, '0')
          FROM (SELECT row, row_number() OVER (ORDER BY row) AS nth
                  FROM import_tire_sets WHERE final_number IS NULL) AS n,
               (SELECT greatest(
                    (SELECT last FROM vehicles_tirecounter),
                    (SELECT max(substr(final_number, 2)::bigint) FROM import_tire_sets
                      WHERE final_number ~ {OURS}),
                    0) AS last) AS known
         WHERE n.row = m.row
        """,
    ),
    conflicts=(
        Check(
            "number",
            _("this number is taken by another set"),
            rows="""
                SELECT m.row, m.final_number AS value, NULL::text AS detail
                  FROM (SELECT *, row_number() OVER (
                                      PARTITION BY final_number ORDER BY row) AS nth
                          FROM import_tire_sets) AS m
                 WHERE nth > 1 OR EXISTS (SELECT FROM vehicles_tireset t
                                             WHERE t.number = m.final_number AND t.id <> m.pk)
            """,
        ),
        Check(
            "cell",
            _("the cell has no room for the set"),
            rows="""
                SELECT m.row, m.cell AS value, NULL::text AS detail
                  FROM (SELECT *, sum(tires) OVER (PARTITION BY place ORDER BY row) AS filled
                          FROM import_tire_sets WHERE place IS NOT NULL) AS m
                  LEFT JOIN import_tire_cells f ON f.pk = m.place
                  LEFT JOIN vehicles_storagecell c ON c.id = m.place
                 WHERE m.filled + coalesce((
                           SELECT sum(t.quantity) FROM vehicles_tireset t
                            WHERE t.cell_id = m.place
                              AND t.id NOT IN (SELECT pk FROM import_tire_sets)), 0)
                       > coalesce(f.room, c.capacity)
            """,
        ),
    ),
    targets=(
        Target(
            "vehicles_tireset",
            {
                **same("vehicle_id", "season", "until", "price", "needed_on"),
                **text("brand", "model", "size", "dot", "rims", "comment", "contract", "notice"),
                "depositor_id": "m.customer_id",
                "number": "m.final_number",
                "is_studded": Kept("m.studded", "false"),
                "has_tpms": Kept("m.tpms", "false"),
                "quantity": "m.tires",
                "state": "m.final_state",
                "cell_id": "m.place",
                "taken_on": Kept("m.taken_on", "%(today)s::date"),
                "noticed_on": "m.told_on",
                "left_on": "m.gone_on",
                **kept("author_id", new=NOBODY),
            },
            at_first=SOURCED,
        ),
    ),
    after=(
        f"""
        INSERT INTO vehicles_tirecounter (id, last)
        SELECT 1, max(substr(number, 2)::bigint) FROM vehicles_tireset WHERE number ~ {OURS}
        HAVING max(substr(number, 2)::bigint) IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET last = excluded.last
         WHERE vehicles_tirecounter.last < excluded.last
        """,
    ),
)

MEASUREMENTS = FileFormat(
    "tire_measurements",
    columns=(
        Column("set", ID, required=True, refers=A_SET),
        Column("taken_on", Date(), required=True),
        Column("wheel", Code(tuple(TireMeasurement.Wheel.values)), required=True),
        Column("tread", SMALL),
        Column("pressure", SMALL),
        Column("condition", Text(200)),
        Column("author", Text(150), refers=A_USER),
    ),
    key="set_id, taken_on, wheel",
    found_by="t.set_id = s.set_id AND t.taken_on = s.taken_on AND t.wheel = s.wheel",
    checks=(
        Check("tread", _("is no tread of a tire"), when="m.tread NOT BETWEEN 0 AND 30"),
        Check("pressure", _("is no pressure of a tire"), when="m.pressure NOT BETWEEN 0 AND 15"),
    ),
    targets=(
        Target(
            "vehicles_tiremeasurement",
            {
                "tread_mm": "m.tread",
                "pressure_bar": "m.pressure",
                **text("condition"),
                **kept("author_id", new=NOBODY),
            },
            at_first=same("set_id", "taken_on", "wheel"),
        ),
    ),
)

MOVEMENTS = FileFormat(
    "tire_movements",
    columns=(
        Column("set", ID, required=True, refers=A_SET),
        Column("at", Moment(), required=True),
        Column("kind", Code(tuple(TireMovement.Kind.values)), required=True),
        Column("from_cell", Text(30)),
        Column("to_cell", Text(30)),
        Column("words", Text(200)),
        Column("author", Text(150), refers=A_USER),
    ),
    derived={
        "position": 'row_number() OVER (PARTITION BY s."set" ORDER BY s.row)',
        "at": at_zone('s."at"', "%(zone)s"),
    },
    lines=Lines(
        "vehicles_tiremovement",
        owner="set_id",
        values={**same("at", "kind", "author_id"), **text("from_cell", "to_cell", "words")},
        numbered=False,
    ),
)
