"""Forms of the tire hotel."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput, EditForm
from customers.forms import FindsClient
from customers.models import Counterparty
from vehicles import queries, tire_queries
from vehicles.models import StorageCell, TireCount, TireMeasurement, TireSet, TireStore, Vehicle
from vehicles.models.storage import LARGEST_RIM, Season
from vehicles.tire_seasons import kept_until, season_to_store

FACTS = (
    *("season", "size", "brand", "model", "is_studded", "quantity", "rims", "has_tpms", "dot"),
    *("until", "price", "contract", "comment"),
)
NARROW = {"comment": forms.Textarea(attrs={"rows": 2}), "until": DateInput}
MOST_WHEELS = 4  # a set that has more has a spare


class CellField(forms.CharField):
    """A cell, by the code on its label: typed, chosen of what is offered, or scanned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, required=False, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"list": "cells", "autocomplete": "off"}

    def clean(self, value: Any) -> StorageCell | None:
        code = super().clean(value)
        if not code:
            return None
        if cell := tire_queries.cell_labelled(code):
            return cell
        raise forms.ValidationError(_("There is no such cell."))


def cars_of(customer: Counterparty | int) -> forms.ModelChoiceField:
    """The cars of a client, for the one that wears these tires."""
    key = customer if isinstance(customer, int) else customer.pk
    return CarField(queries.current_of(key), required=False, label=_("vehicle"))


class CarField(forms.ModelChoiceField):
    def label_from_instance(self, vehicle: Vehicle) -> str:
        plate = getattr(vehicle, "plate", None)
        return f"{vehicle.title}, {plate}" if plate else vehicle.title


class TireFacts(forms.ModelForm):
    """What a set is, and on what terms it is kept."""

    cell = CellField(
        label=_("cell"), help_text=_("Empty: the one that suits best, as offered below.")
    )

    class Meta:
        model = TireSet
        fields = FACTS
        widgets = NARROW

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"season": season_to_store(today)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.today = today
        season: Any = self.fields["season"]
        season.choices = Season.choices
        self.fields["until"].help_text = _("Empty: a month after the next change of season.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "season" in given and "until" in given:
            given["until"] = given["until"] or kept_until(given["season"], self.today)
            if given["until"] < self.today:
                self.add_error("until", _("This day is over."))
        return given


class TakeInForm(FindsClient, TireFacts):
    """A set that a client brings: whose, and what it is."""

    field_order = ("client", "vehicle")

    def __init__(self, *args: Any, customer: Counterparty | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if customer:
            del self.fields["client"]
            self.fields = {"vehicle": cars_of(customer), **self.fields}


class SwapForm(TireFacts):
    """The set that comes off the car, while the other goes on it."""

    cell = CellField(label=_("cell"), help_text=_("Empty: the place that becomes free."))
    words = forms.CharField(label=_("given to whom"), max_length=200, required=False)


class TireForm(EditForm):
    """The set as it is now; its place and its state have windows of their own."""

    class Meta:
        model = TireSet
        fields = ("vehicle", *FACTS)
        widgets = NARROW

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = queries.current_of(self.instance.depositor_id).values("pk")
        cars = Vehicle.objects.named().filter(pk__in=[*theirs.values_list("pk", flat=True)])
        if self.instance.vehicle_id:
            cars = cars | Vehicle.objects.named().filter(pk=self.instance.vehicle_id)
        self.fields["vehicle"] = CarField(cars, required=False, label=_("vehicle"))


class RelocateForm(forms.Form):
    """To which cell; none for the time being."""

    cell = CellField(label=_("to the cell"), help_text=_("Empty: on the floor for now."))
    words = forms.CharField(label=_("why"), max_length=200, required=False)


class RequestForm(forms.Form):
    """For which day the set is to be brought."""

    needed_on = forms.DateField(label=_("needed on"), widget=DateInput)


class ReleaseForm(forms.Form):
    """Who takes it."""

    words = forms.CharField(label=_("given to whom"), max_length=200, required=False)


class NoticeForm(forms.Form):
    """When and how the depositor was told."""

    on = forms.DateField(label=_("notice given on"), widget=DateInput)
    notice = forms.CharField(
        label=_("how notice was given"),
        max_length=200,
        help_text=_("A letter, a message, a call: what can be shown later."),
    )


class DisposeForm(forms.Form):
    """Why, and by which act."""

    words = forms.CharField(label=_("reason, number of the act"), max_length=200)


class WheelWidget(forms.MultiWidget):
    """Tread, pressure and condition of one wheel, beside each other."""

    def __init__(self) -> None:
        small = {"class": "of-wheel", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(
            {
                "tread": forms.TextInput(small | {"placeholder": _("mm"), "aria-label": _("mm")}),
                "pressure": forms.TextInput(
                    small | {"placeholder": _("bar"), "aria-label": _("bar")}
                ),
                "condition": forms.TextInput(
                    {"placeholder": _("condition"), "aria-label": _("condition"), "maxlength": 200}
                ),
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        return list(value or (None, None, ""))


class WheelField(forms.MultiValueField):
    def __init__(self, **options: Any) -> None:
        figure: dict[str, Any] = {
            "max_digits": 3,
            "decimal_places": 1,
            "min_value": 0,
            "required": False,
        }
        super().__init__(
            (
                forms.DecimalField(max_value=30, localize=True, **figure),
                forms.DecimalField(max_value=15, localize=True, **figure),
                forms.CharField(max_length=200, required=False),
            ),
            widget=WheelWidget(),
            required=False,
            require_all_fields=False,
            **options,
        )

    def compress(self, data_list: list[Any]) -> tuple[Decimal | None, Decimal | None, str]:
        tread, pressure, condition = data_list or (None, None, "")
        return tread, pressure, condition or ""


class MeasureForm(forms.Form):
    """Each wheel of a set as it is that day; wheels left empty were not looked at."""

    on = forms.DateField(label=_("measured on"), widget=DateInput)

    def __init__(self, *args: Any, tires: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wheels = list(TireMeasurement.Wheel)
        for wheel in wheels if tires > MOST_WHEELS else wheels[:tires]:
            self.fields[wheel.value] = WheelField(label=wheel.label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wheels = {w.value: given.pop(w.value, None) for w in TireMeasurement.Wheel}
        looked_at = {wheel: said for wheel, said in wheels.items() if said and any(said)}
        if not looked_at and not self.errors:
            raise forms.ValidationError(_("Measure at least one wheel."))
        return given | {"wheels": looked_at}


class LayOutForm(forms.Form):
    """Racks to stand in a store: so many, so high, so wide."""

    store = forms.CharField(label=_("store"), max_length=100)
    zone = forms.CharField(label=_("zone"), max_length=10, required=False)
    first_rack = forms.IntegerField(label=_("first rack"), min_value=1, max_value=999, initial=1)
    racks = forms.IntegerField(label=_("racks"), min_value=1, max_value=100, initial=1)
    shelves = forms.IntegerField(label=_("shelves"), min_value=1, max_value=20, initial=4)
    positions = forms.IntegerField(label=_("positions on a shelf"), min_value=1, max_value=100)
    capacity = forms.IntegerField(label=_("capacity, tires"), min_value=1, max_value=100, initial=4)
    largest_rim = forms.IntegerField(
        label=_("up to R"),
        required=False,
        min_value=LARGEST_RIM[0],
        max_value=LARGEST_RIM[1],
        help_text=_("Empty: tires of any diameter have room."),
    )
    season = forms.ChoiceField(
        label=_("season"), required=False, choices=[("", _("any")), *Season.choices]
    )


class CountForm(forms.ModelForm):
    """What is to be counted."""

    class Meta:
        model = TireCount
        fields = ("store", "zone")
        help_texts = {"zone": _("Empty: the whole store.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"] = forms.ModelChoiceField(
            TireStore.objects.order_by("name", "pk"), label=_("store"), empty_label=None
        )


class ScanForm(forms.Form):
    """The next label."""

    code = forms.CharField(label=_("Scan a cell, then what lies in it"), max_length=60)
