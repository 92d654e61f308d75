"""The files themselves: their columns, and the rows gathered before they are written."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

COLUMNS = {
    "users": "username full_name email role phone_line",
    "branches": "id name prefix timezone",
    "customers": "id name full_name kind legal_form inn kpp manager comment price_type_goods"
    " price_type_works attention attention_text created_at",
    "contacts": "customer kind value person primary",
    "cards": "number customer percent valid_from valid_until",
    "consents": "customer purpose given_at channel document version withdrawn_at",
    "vehicles": "id make model trim vin body_number year colour plate",
    "ownerships": "vehicle customer role since until",
    "plates": "vehicle number since until",
    "odometer": "vehicle taken_on km",
    "parts": "id article manufacturer name unit price cost",
    "labor": "id code name norm_hours",
    "prices": "part price_type price",
    "hour_prices": "labor price_type price",
    "analogs": "part analog",
    "stock": "part warehouse quantity",
    "orders": "id customer date state number branch vehicle author manager paid",
    "order_lines": "order part quantity price vat reserved warehouse",
    "requests": "id date state operation number branch customer customer_text contact_phone vehicle"
    " start end bay repair_kind reason author manager",
    "work_orders": "id customer date state number branch payer vehicle request repair_kind master"
    " author manager mileage planned_handover paid",
    "work_order_works": "work_order name code norm_hours quantity price vat performer",
    "work_order_parts": "work_order part quantity price vat reserved warehouse",
    "events": "id kind occurred_at customer vehicle subject text result author manager due_at"
    " processed_at",
}


class Sheets:
    """Rows by file; a file without rows is not written."""

    def __init__(self):
        self.rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}

    def add(self, sheet: str, /, **row) -> None:
        self.rows[sheet].append({name: _plain(value) for name, value in row.items()})

    def save(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            if rows:
                with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, COLUMNS[name].split(), restval="")
                    writer.writeheader()
                    writer.writerows(rows)


def _plain(value: Any) -> Any:
    """Sums as people write them: 14900, not 1.49E+4."""
    return f"{value:f}" if isinstance(value, Decimal) else value
