"""Forms about bookings: each gives what its action asks for."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import MomentInput
from customers.forms import FindsClient
from customers.models import Counterparty
from orders.models import Bay, Branch, RepairKind, RepairRequest, Slot
from orders.queries import calendar
from vehicles.models import Vehicle
from vehicles.queries import current_of

HOUR = datetime.timedelta(hours=1)
QUARTER = Decimal("0.25")


class Car(forms.ModelChoiceField):
    """One of a client's cars, by make, model and plate."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Vehicle.objects.none(), required=False, empty_label=_("another one"), **options
        )

    def label_from_instance(self, car: Vehicle) -> str:
        return f"{car.title} {getattr(car, 'plate', '') or car.number}".strip()


class Master(forms.ModelChoiceField):
    """One of those who are masters by role."""

    def __init__(self) -> None:
        super().__init__(
            queryset=calendar.masters(), required=False, empty_label="—", label=_("master")
        )


class Told(forms.Form):
    """What a client says who books."""

    vehicle = Car(label=_("vehicle"))
    vehicle_text = forms.CharField(
        label=_("vehicle, as told"),
        max_length=200,
        required=False,
        help_text=_("A make and model are enough."),
    )
    repair_kind = forms.ModelChoiceField(
        RepairKind.objects.order_by("name", "pk"),
        label=_("repair kind"),
        required=False,
        empty_label="—",
    )
    stay = forms.ChoiceField(
        label=_("the client and the car"), choices=RepairRequest.Stay, required=False
    )
    reason = forms.CharField(
        label=_("reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def cars_of(self, customer: Counterparty | None, chosen: Vehicle | None) -> None:
        """The client's cars may be chosen, and the one that is chosen already."""
        cars = current_of(customer.pk) if customer else Vehicle.objects.none()
        if chosen:
            own = list(cars.values_list("pk", flat=True)) if customer else []
            cars = Vehicle.objects.named().filter(pk__in=[*own, chosen.pk]).order_by("pk")
        field: Any = self.fields["vehicle"]
        field.queryset = cars
        if not (customer or chosen):
            del self.fields["vehicle"]


class Placed(forms.Form):
    """When, for how long, on which bay, by whom."""

    start_at = forms.DateTimeField(label=_("when"), widget=MomentInput)
    hours = forms.DecimalField(
        label=_("for how long, h"),
        min_value=QUARTER / 3,
        max_value=336,
        decimal_places=2,
        max_digits=5,
        widget=forms.NumberInput(attrs={"step": "0.25"}),
    )
    bay = forms.ModelChoiceField(
        Bay.objects.none(), label=_("bay"), required=False, empty_label=_("no bay yet")
    )
    master = Master()
    anyway = forms.BooleanField(label=_("outside working hours"), required=False)

    def bays_of(self, branch: Branch) -> None:
        field: Any = self.fields["bay"]
        field.queryset = Bay.objects.filter(branch=branch).order_by("name", "pk")

    @property
    def length(self) -> datetime.timedelta | None:
        hours = self.cleaned_data.pop("hours", None)
        return hours and datetime.timedelta(seconds=round(float(hours) * 3600 / 60) * 60)


class BookingForm(Placed, Told, FindsClient):
    """A new booking: of a client with a card, of one who is found here, or of a stranger."""

    is_client_needed = False
    customer_text = forms.CharField(label=_("name, as told"), max_length=200, required=False)
    contact_phone = forms.CharField(
        label=_("phone, as told"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    field_order = (
        *("client", "customer_text", "contact_phone", "vehicle", "vehicle_text"),
        *("start_at", "hours", "bay", "master", "repair_kind", "stay", "reason", "anyway"),
    )

    def __init__(
        self,
        *args: Any,
        branch: Branch,
        customer: Counterparty | None = None,
        vehicle: Vehicle | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.bays_of(branch)
        self.cars_of(customer, vehicle)
        start: Any = self.fields["start_at"]
        start.required = self.fields["hours"].required = False
        start.help_text = _("Empty: into the waiting list.")
        if customer:
            for name in ("client", "customer_text", "contact_phone"):
                del self.fields[name]
        else:
            self.fields["client"].label = _("client, if there is a card")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["customer"] = self.customer or given.pop("client", None)
        given.pop("client", None)
        given["length"] = self.length or (HOUR if given.get("start_at") else None)
        return given


class SlotForm(Placed):
    """Where a slot stands, or is to stand."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bays_of(branch)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["length"] = self.length
        return given


def placed_at(slot: Slot, *, seen: str) -> dict[str, Any]:
    """What a form about a slot begins with."""
    hours = Decimal((slot.end_at - slot.start_at).total_seconds()) / 3600
    return {
        "start_at": slot.start_at,
        "hours": round(hours, 2).normalize(),
        "bay": slot.bay_id,
        "master": slot.master_id,
        "seen": seen,
    }


class ChangeForm(Told):
    """What was told about a booking that is there."""

    customer_text = forms.CharField(label=_("name, as told"), max_length=200, required=False)
    contact_phone = forms.CharField(label=_("phone, as told"), max_length=100, required=False)
    field_order = ("customer_text", "contact_phone", "vehicle", "vehicle_text")

    def __init__(self, data: Any, *, request: RepairRequest) -> None:
        names = ("vehicle", "vehicle_text", "repair_kind", "stay", "reason")
        told = {name: getattr(request, name) for name in (*names, "customer_text", "contact_phone")}
        super().__init__(data, initial=told)
        self.cars_of(request.counterparty, request.vehicle)


class LinkForm(FindsClient):
    """Whose booking it is, when it was made by name and phone."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {"customer": given.pop("client", None)}
