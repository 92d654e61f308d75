"""What is asked when the storage of tires is charged."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armclients.templatetags import arm
from orders.forms.lines import Figure
from orders.models import Document, WorkLine
from orders.queries import tire_charges
from orders.queries.lines import DEAREST
from vehicles.models import TireSet


class OrderField(forms.ModelChoiceField):
    def label_from_instance(self, order: Document) -> str:
        car = order.vehicle.title if order.vehicle else ""
        return " · ".join(filter(None, [_dated(order), car, order.state_label]))


class ChargesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, line: WorkLine) -> str:
        return f"{_dated(line.document)}, {arm.money(line.amount)} ₽"


class ChargeForm(forms.Form):
    """Into which order, how much, and whether once more what is charged already."""

    order = OrderField(
        Document.objects.none(),
        label=gettext_lazy("into the work order"),
        required=False,
        empty_label=gettext_lazy("a new one"),
    )
    price = Figure(
        label=gettext_lazy("price of a season"),
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=DEAREST,
    )
    again = ChargesField(
        WorkLine.objects.none(),
        label=gettext_lazy("charged for this time already; once more after"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kept: TireSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orders, charges = tire_charges.orders_for(kept), tire_charges.of_this_period(kept)
        self.fields["order"].queryset = orders  # type: ignore[attr-defined]
        self.fields["again"].queryset = charges  # type: ignore[attr-defined]
        first = orders.first()
        is_of_the_car = first and first.vehicle_id == kept.vehicle_id
        self.initial = {"order": first if is_of_the_car else None, "price": kept.price}

    def visible_fields(self) -> list[forms.BoundField]:
        """What was charged is asked about where there is something, as it stands now."""
        shown = super().visible_fields()
        has_charges = self.fields["again"].queryset.exists()  # type: ignore[attr-defined]
        return shown if has_charges else [field for field in shown if field.name != "again"]


def _dated(document: Document) -> str:
    facts = {"number": document.number, "date": date_format(document.date, "d.m.Y")}
    return _("%(number)s of %(date)s") % facts
