"""A price list comes in: the new one replaces the former."""

import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Integer, Money, Quantity, Text, Type
from armclients.kit.refusals import RefusedError
from orders.models import Supplier, SupplierOffer

COLUMNS: dict[str, Type] = {
    "article": Text(60),
    "brand": Text(100),
    "name": Text(300),
    "price": Money,
    "quantity": Quantity,
    "days": Integer(most=999),
}
REQUIRED = ("article", "name", "price")
DELIMITERS = ",;\t"
BATCH = 5_000
SHOWN = 5


@dataclass
class Loaded:
    """How many offers a list brought, and which rows say nothing sensible."""

    offers: int = 0
    faults: list[str] = field(default_factory=list)


def load(supplier: Supplier, content: bytes, *, at: datetime.datetime) -> Loaded:
    """The supplier's offers are those of the list. Raises RefusedError: then nothing changed."""
    loaded = Loaded()
    rows = _read(content, loaded)
    with transaction.atomic():
        Supplier.objects.select_for_update().get(pk=supplier.pk)
        supplier.offers.all().delete()
        batch: list[SupplierOffer] = []
        for row in rows:
            batch.append(SupplierOffer(supplier=supplier, **row))
            if len(batch) == BATCH:
                loaded.offers += len(SupplierOffer.objects.bulk_create(batch))
                batch = []
        loaded.offers += len(SupplierOffer.objects.bulk_create(batch))
        if not loaded.offers:
            raise RefusedError(_("The list has not one row that says article, name and price."))
        Supplier.objects.filter(pk=supplier.pk).update(loaded_at=at)
    return loaded


def load_dropped(*, at: datetime.datetime) -> dict[str, Loaded | RefusedError]:
    """Lists that lie in the data folder and are newer than what was loaded, by supplier."""
    came: dict[str, Loaded | RefusedError] = {}
    for supplier in Supplier.objects.filter(is_active=True, provider="price_list").order_by("pk"):
        path = _dropped(supplier)
        if path is None or not path.is_file():
            continue
        changed_at = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
        if supplier.loaded_at and changed_at <= supplier.loaded_at:
            continue
        try:
            came[supplier.name] = load(supplier, path.read_bytes(), at=at)
        except RefusedError as refusal:
            Supplier.objects.filter(pk=supplier.pk).update(loaded_at=at)
            came[supplier.name] = refusal
    return came


def _dropped(supplier: Supplier) -> Path | None:
    """Where the supplier's list would lie; a name that is a path is nowhere."""
    name = f"{supplier.name}.csv"
    folder = settings.DATA_DIR / "suppliers"
    return folder / name if Path(name).name == name else None


def _read(content: bytes, loaded: Loaded) -> Iterator[dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    lines = text.splitlines()
    header = lines[0] if lines else ""
    delimiter = max(DELIMITERS, key=header.count)
    named = [
        name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter), [])
    ]
    if missing := [name for name in REQUIRED if name not in named]:
        raise RefusedError(
            _("The first row does not name these columns: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )
    return _rows(csv.reader(lines[1:], delimiter=delimiter), named, loaded)


def _rows(reader: Any, named: list[str], loaded: Loaded) -> Iterator[dict[str, Any]]:
    try:
        for number, cells in enumerate(reader, 2):
            if not any(cell.strip() for cell in cells):
                continue
            given = dict(zip(named, cells, strict=False))
            try:
                yield _row(given)
            except ValueError as fault:
                loaded.faults.append(f"{number}: {fault}")
    except csv.Error as error:
        raise RefusedError(_("The file is no table: %(error)s.") % {"error": error}) from error


def _row(given: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        cell = given.get(name, "").strip()
        if cell:
            try:
                row[name] = column(cell)
            except ValueError as fault:
                raise ValueError(f"{name} {fault}") from fault
        elif name in REQUIRED:
            raise ValueError(_("%(column)s is missing") % {"column": name})
    return row
