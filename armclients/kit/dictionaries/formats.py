"""CSV as a Russian table program writes and reads it, cells as people type them."""

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export import widgets
from import_export.formats.base_formats import CSV, XLSX

MOST_ROWS = 50_000
DELIMITERS = ",;\t"
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
EMPTY = (None, "")


class SpreadsheetCSV(CSV):
    """UTF-8 or cp1251, and whichever delimiter separates most of the headings."""

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes, **_options: Any) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("cp1251")
        headings = next(iter(text.splitlines()), "")
        delimiter = max(DELIMITERS, key=headings.count)
        return few_enough(tablib.import_set(text, format="csv", delimiter=delimiter))

    def export_data(self, dataset: tablib.Dataset, **_options: Any) -> bytes:
        return dataset.export("csv", delimiter=";").encode("utf-8-sig")


class SpreadsheetXLSX(XLSX):
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        return few_enough(super().create_dataset(in_stream))


def few_enough(dataset: tablib.Dataset) -> tablib.Dataset:
    if len(dataset) > MOST_ROWS:
        raise ValidationError(
            _("More than %(most)s rows: bring them in with the import of files.")
            % {"most": MOST_ROWS}
        )
    return dataset


def as_typed(cell: Any) -> Any:
    """A cell without what a table program adds: blanks around, and «.0» to a whole number."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date()
    return cell.strip().replace("\0", "") if isinstance(cell, str) else cell


class Number(widgets.DecimalWidget):
    """With a comma or a point, and blanks between the thousands."""

    def clean(self, value: Any, *_args: Any, **_options: Any) -> Decimal | None:
        if value in EMPTY:
            return None
        try:
            number = Decimal("".join(str(value).split()).replace(",", "."))
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            raise ValueError(_("Enter a number."))
        return number


class Whole(Number):
    def clean(self, value: Any, *_args: Any, **_options: Any) -> Any:
        number = super().clean(value)
        if number is not None and number != int(number):
            raise ValueError(_("Enter a whole number."))
        return None if number is None else int(number)


class Day(widgets.Widget):
    def clean(self, value: Any, *_args: Any, **_options: Any) -> datetime.date | None:
        if value in EMPTY or isinstance(value, datetime.date):
            return value or None
        for form in DAYS:
            try:
                return datetime.datetime.strptime(str(value), form).date()  # noqa: DTZ007 — a day has no zone
            except ValueError:
                continue
        raise ValueError(_("Enter a day as 2026-12-31 or 31.12.2026."))

    def render(self, value: datetime.date | None, *_args: Any, **_options: Any) -> Any:
        return f"{value:%d.%m.%Y}" if value else ""


class YesNo(widgets.Widget):
    def clean(self, value: Any, *_args: Any, **_options: Any) -> bool:
        typed = str(value).casefold()
        if typed in {"1", "true", "yes", _("yes")}:
            return True
        if value in EMPTY or typed in {"0", "false", "no", _("no")}:
            return False
        raise ValueError(_("Enter yes or no."))

    def render(self, value: bool, *_args: Any, **_options: Any) -> str:  # noqa: FBT001
        return _("yes") if value else _("no")


class Choice(widgets.Widget):
    """One of the choices of a field, by its code or its label."""

    def __init__(self, choices: Any, **_options: Any) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, *_args: Any, **_options: Any) -> str:
        typed = str(value or "").casefold()
        for code, label in self.choices:
            if typed in {str(code).casefold(), str(label).casefold()}:
                return code
        raise ValueError(
            _("«%(value)s» is none of: %(known)s.")
            % {"value": value, "known": ", ".join(str(label) for _code, label in self.choices)}
        )

    def render(self, value: Any, *_args: Any, **_options: Any) -> str:
        return str(dict(self.choices).get(value, value))


class ByName(widgets.Widget):
    """An entry of another dictionary, without regard to case."""

    def __init__(self, model: Any, **_options: Any) -> None:
        super().__init__()
        self.model = model

    def clean(self, value: Any, *_args: Any, **_options: Any) -> Model | None:
        if value in EMPTY:
            return None
        found = self.model.objects.filter(name__iexact=str(value)).first()
        if found is None:
            raise ValueError(
                _("%(dictionary)s: there is no «%(value)s».")
                % {"dictionary": self.model._meta.verbose_name_plural, "value": value}
            )
        return found

    def render(self, value: Any, *_args: Any, **_options: Any) -> str:
        return value.name if value else ""
