"""Work packages, what is in them and what they are for: a package's rows replace those it has."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Money, Number, Percent, SomeQuantity, Text
from armclients.kit.fileformat import (
    ID,
    Check,
    Column,
    FileFormat,
    Lines,
    Reference,
    Target,
    same,
    text,
)
from orders.import_files import A_PART
from orders.import_prices import A_LABOR
from vehicles.import_files import MODELS, make_models

A_PACKAGE = Reference(
    "orders_workpackage",
    "upper({t}.name) = upper({cell})",
    file="packages",
    file_column="name",
)

NAMED_TWICE = """
    SELECT row, name AS value, first::text AS detail
      FROM (SELECT *, min(row) OVER (PARTITION BY upper(name)) AS first
              FROM import_packages) AS m
     WHERE row > first
"""

PACKAGES = FileFormat(
    "packages",
    columns=(
        Column("name", Text(100), required=True),
        Column("discount", Percent),
    ),
    found_by="upper(t.name) = upper(s.name)",
    conflicts=(Check("name", _("the same as row %(detail)s"), rows=NAMED_TWICE),),
    targets=(
        Target(
            "orders_workpackage",
            {**same("name"), "discount_percent": "coalesce(m.discount, 0.00)"},
        ),
    ),
)


# A reference to a row of another file goes by the letters as they stand there.
AS_WRITTEN = """
    UPDATE stage_{file} s SET package = p.name FROM stage_packages p
     WHERE upper(p.name) = upper(s.package) AND p.name <> s.package
"""


def contents(
    name: str, columns: tuple[Column, ...], table: str, values: dict[str, str]
) -> FileFormat:
    """A file of what belongs to packages, in the order of its rows."""
    return FileFormat(
        name,
        columns=(
            Column("package", Text(100), required=True, refers=A_PACKAGE),
            *columns,
            Column("quantity", SomeQuantity),
        ),
        prepare=(AS_WRITTEN.format(file=name),),
        derived={
            "position": "row_number() OVER (PARTITION BY upper(s.package) ORDER BY s.row)",
            "quantity": "coalesce(s.quantity, 1.000)",
        },
        checks=(Check("", _("a package has at most 32767 lines"), when="m.position > 32767"),),
        lines=Lines(table, owner="package_id", values={**values, **same("quantity")}),
    )


PACKAGE_WORKS = contents(
    "package_works",
    (
        Column("name", Text(300), required=True),
        Column("labor", ID, refers=A_LABOR),
        Column("code", Text(40)),
        Column("norm_hours", Number(8, 2)),
        Column("price", Money),
    ),
    "orders_packagework",
    {**text("code"), **same("name", "labor_id", "norm_hours", "price")},
)

PACKAGE_PARTS = contents(
    "package_parts",
    (Column("part", ID, required=True, refers=A_PART),),
    "orders_packagepart",
    same("part_id"),
)

PACKAGE_MODELS = FileFormat(
    "package_models",
    columns=(
        Column("package", Text(100), required=True, refers=A_PACKAGE),
        Column("make", Text(100), required=True),
        Column("model", Text(200)),
    ),
    key="package_id, vehiclemodel_id",
    prepare=(AS_WRITTEN.format(file="package_models"), *make_models("package_models")),
    joins=MODELS,
    derived={
        "workpackage_id": "coalesce(package_f.pk, package_t.id)",
        "vehiclemodel_id": "v.id",
        "position": "s.row",
    },
    checks=(
        Check(
            "model",
            _("no vehicle is of this model, and it was kept: is it written as on the vehicles?"),
            when="""NOT EXISTS (SELECT FROM vehicles_vehicle c WHERE c.model_id = m.vehiclemodel_id)
                AND NOT EXISTS (
                    SELECT FROM import_vehicles c WHERE c.model_id = m.vehiclemodel_id)""",
            warns=True,
        ),
    ),
    lines=Lines(
        "orders_workpackage_for_models",
        owner="workpackage_id",
        values=same("vehiclemodel_id"),
        numbered=False,
    ),
)
