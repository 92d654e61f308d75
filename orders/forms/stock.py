"""Forms of the warehouses: what a line holds and hands over, what comes, moves and goes."""

import uuid
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from tablib.exceptions import TablibException

from armclients.kit.dictionaries.formats import SpreadsheetCSV, SpreadsheetXLSX, as_typed
from armclients.kit.forms import DateInput
from armclients.templatetags import arm
from orders import marking
from orders.models import MarkingCode, Part, PartLine, Stock, Warehouse
from orders.queries.stock import parts_called, shelves_of

LEAST = Decimal("0.001")
LARGEST_FILE = 2 << 20
LARGEST_UNPACKED = 64 << 20
MOST_LINES = 500
# What the readers of tables say of a file that is none.
UNREADABLE = (TablibException, BadZipFile, ValueError, KeyError, OSError)
# What the first row of a file may call its columns.
ARTICLES = ("article", _("Article"))
QUANTITIES = ("quantity", _("Quantity"), _("Qty"))
MAKERS = ("manufacturer", _("Manufacturer"))


def _quantity(**facts: Any) -> forms.DecimalField:
    given = {"label": _("Quantity"), "max_digits": 12, "decimal_places": 3, "min_value": LEAST}
    return forms.DecimalField(**{**given, **facts}, localize=True)


def _why(*, required: bool = False) -> forms.CharField:
    return forms.CharField(label=_("Why"), max_length=300, required=required)


class QuantityForm(forms.Form):
    """How much; what is likely meant stands there already."""

    quantity = _quantity()

    def __init__(self, *args: Any, likely: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["quantity"] = arm.quantity(likely) if likely else None


class ShelfForm(QuantityForm):
    """How much, and of which warehouse."""

    stock = forms.TypedChoiceField(
        label=_("Warehouse"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, line: PartLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shelves = [shelf for shelf in shelves_of(line.part_id) if shelf.quantity]
        self.fields["stock"].choices = [  # type: ignore[attr-defined]
            ("", _("wherever there is the most")),
            *((shelf.pk, _("%(warehouse)s: %(free)s free") % _free(shelf)) for shelf in shelves),
        ]


def _free(shelf: Stock) -> dict[str, str]:
    return {"warehouse": shelf.warehouse.name, "free": arm.quantity(shelf.free)}


class ReturnForm(QuantityForm):
    """How much comes back, and why."""

    why = _why()


class ExpectForm(forms.Form):
    """What is on order with a supplier, and when it comes."""

    ordered = _quantity(label=_("On order"), min_value=Decimal(0))
    expected_on = forms.DateField(label=_("Expected on"), required=False, widget=DateInput())


class PromiseForm(forms.Form):
    """The day that a client is told."""

    expected_on = forms.DateField(label=_("Expected on"), required=False, widget=DateInput())


class CodesForm(forms.Form):
    """One scanned code a row."""

    codes = forms.CharField(
        label=_("Marking codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True, "spellcheck": "false"}),
        help_text=_("One a row: put the cursor here and scan piece after piece."),
    )

    def __init__(self, *args: Any, line: PartLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = MarkingCode.objects.filter(line=line).order_by("pk")
        self.initial["codes"] = "\n".join(known.values_list("scanned", flat=True))

    def clean_codes(self) -> list[marking.Marking]:
        read, wrong = [], []
        # A separator within a code is no end of a row.
        rows = self.cleaned_data["codes"].replace("\r", "").split("\n")
        for number, row in enumerate(rows, 1):
            try:
                read.extend([marking.read(row)] if row.strip() else [])
            except marking.MarkingError:
                wrong.append(str(number))
        if wrong:
            raise ValidationError(
                _("No marking code in row %(rows)s: its check digit or its shape is wrong.")
                % {"rows": ", ".join(wrong)}
            )
        return read


class OnceForm(forms.Form):
    """A form whose act happens once, however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid.uuid4()


class TransferForm(OnceForm):
    to = forms.ModelChoiceField(label=_("To the warehouse"), queryset=Warehouse.objects.none())
    quantity = _quantity()
    why = _why()

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Warehouse.objects.exclude(pk=stock.warehouse_id)
        self.fields["to"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class WriteOffForm(OnceForm):
    quantity = _quantity()
    why = _why(required=True)


class CountForm(forms.Form):
    """What was counted, and what was written when one began to count."""

    seen = forms.DecimalField(widget=forms.HiddenInput)
    quantity = _quantity(label=_("Counted"), min_value=Decimal(0))
    why = _why()

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(seen=stock.quantity, quantity=arm.quantity(stock.quantity))


class StockFilterForm(forms.Form):
    """Which stock is looked for."""

    q = forms.CharField(label=_("Article or name"), max_length=100, required=False)
    warehouse = forms.ModelChoiceField(
        label=_("Warehouse"),
        queryset=Warehouse.objects.order_by("name"),
        required=False,
        empty_label=_("all warehouses"),
    )

    @property
    def asked(self) -> dict[str, Any]:
        """What to look for; nothing of what is not valid."""
        self.is_valid()
        warehouse = self.cleaned_data.get("warehouse")
        return {
            "typed": self.cleaned_data.get("q", ""),
            "warehouse": warehouse.pk if warehouse else None,
        }


class ReceiptForm(OnceForm):
    """What a supplier brought: typed or pasted line by line, or in a file."""

    warehouse = forms.ModelChoiceField(
        label=_("Warehouse"), queryset=Warehouse.objects.order_by("name"), empty_label="—"
    )
    paper = forms.CharField(label=_("Number of the supplier's paper"), max_length=60)
    lines = forms.CharField(
        label=_("Lines"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("One a row: the article, a semicolon or a tab, the quantity."),
    )
    file = forms.FileField(
        label=_("Or a file, CSV or XLSX"),
        required=False,
        help_text=_("With a first row that names its columns: article, manufacturer, quantity."),
    )

    def clean_file(self) -> list[list[str]]:
        """Rows of article, manufacturer, quantity."""
        file = self.cleaned_data["file"]
        if not file:
            return []
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": LARGEST_FILE >> 20}
            )
        is_book = file.name.lower().endswith(".xlsx")
        if is_book and _unpacked(file) > LARGEST_UNPACKED:
            raise ValidationError(_("This file cannot be read."))
        table = SpreadsheetXLSX if is_book else SpreadsheetCSV
        try:
            read = table().create_dataset(file.read())
        except UNREADABLE as error:
            raise ValidationError(_("This file cannot be read.")) from error
        places = [_place(read.headers or [], names) for names in (ARTICLES, MAKERS, QUANTITIES)]
        if places[0] is None or places[2] is None:
            raise ValidationError(_("Its first row names no article or no quantity."))
        return [
            ["" if place is None else str(as_typed(row[place]) or "") for place in places]
            for row in read
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = [_typed(row) for row in (given.get("lines") or "").splitlines() if row.strip()]
        rows = [*typed, *given.pop("file", [])]
        if self.errors:
            return given
        if not rows:
            self.add_error("lines", _("Name at least one part."))
        elif len(rows) > MOST_LINES:
            self.add_error("lines", _("More than %(most)s lines.") % {"most": MOST_LINES})
        else:
            given["lines"] = self._read(rows)
        return given

    def _read(self, rows: list[list[str]]) -> list[tuple[Part, Decimal]]:
        known = parts_called({article for article, _maker, _quantity in rows})
        read = []
        for number, (article, maker, quantity) in enumerate(rows, 1):
            found = known.get(article, [])
            if maker.strip():
                found = [p for p in found if p.manufacturer.upper() == maker.strip().upper()]
            amount = _amount(quantity)
            if len(found) == 1 and amount:
                read.append((found[0], amount))
            else:
                self.add_error("lines", _wrong(number, article, found, amount))
        return read


def _unpacked(file: UploadedFile) -> int:
    """How large a workbook would be in memory; nothing where it is none."""
    try:
        with ZipFile(file) as book:
            return sum(entry.file_size for entry in book.infolist())
    except (BadZipFile, ValueError):
        return 0
    finally:
        file.seek(0)


def _wrong(number: int, article: str, found: list[Part], amount: Decimal | None) -> str:
    place = {"number": number, "article": article.strip()}
    if not found:
        return _("Row %(number)s: there is no part %(article)s.") % place
    if amount is None:
        return _("Row %(number)s: what is the quantity of %(article)s?") % place
    makers = ", ".join(part.manufacturer or str(part) for part in found)
    return _("Row %(number)s: %(article)s is of several makers: %(makers)s.") % {
        **place,
        "makers": makers,
    }


def _typed(row: str) -> list[str]:
    """«GDB3548; 4», «GDB3548; TRW; 4»: article, manufacturer, quantity."""
    cells = [cell.strip() for cell in row.replace("\t", ";").split(";")]
    return [cells[0], "; ".join(cells[1:-1]), cells[-1] if len(cells) > 1 else "1"]


def _amount(typed: str) -> Decimal | None:
    field = forms.DecimalField(max_digits=12, decimal_places=3, min_value=LEAST)
    try:
        return field.clean(typed.strip().replace(",", "."))
    except ValidationError:
        return None


def _place(headers: list[str], names: tuple[str | Promise, ...]) -> int | None:
    known = {str(name).lower() for name in names}
    found = (place for place, said in enumerate(headers) if str(said).strip().lower() in known)
    return next(found, None)


class WaitingForm(forms.Form):
    """Which of the lines that wait are given what came."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Reserve for"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, waiting: list[PartLine], free: dict[int, Decimal], **kwargs: Any
    ) -> None:
        """As far as what is `free` of each part goes round, the lines are ticked already."""
        super().__init__(*args, **kwargs)
        choices = [(line.pk, _waits(line)) for line in waiting]
        self.fields["lines"].choices = choices  # type: ignore[attr-defined]
        left = dict(free)
        self.initial["lines"] = ticked = []
        for line in waiting:
            if left[line.part_id] > 0:
                ticked.append(line.pk)
                left[line.part_id] -= line.missing


def _waits(line: PartLine) -> str:
    document = line.document
    customer = document.counterparty.name if document.counterparty else ""
    wanted = f"{arm.quantity(line.missing)} {line.part.unit}".strip()
    return f"{document.title}, {document.date:%d.%m.%Y}, {customer}: {line.part.name}, {wanted}"
