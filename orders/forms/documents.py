"""Forms about a document as a whole: made, and its facts changed."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput, EditForm, MomentInput
from customers.forms import FindsClient
from customers.models import Counterparty
from orders.forms.lines import Figure, colleagues
from orders.models import (
    CustomerOrder,
    Document,
    Estimate,
    Invoice,
    RepairRequest,
    Sale,
    WorkOrder,
)
from orders.queries import documents
from orders.queries.lines import DEAREST
from vehicles import queries as vehicles
from vehicles.models import Vehicle

PEOPLE = ("manager", "master", "dispatcher")
KINDS_OF_TEXT = ("comment", "reason")
FARTHEST_KM = 9_999_999


class Facts(forms.ModelForm):
    """What documents of all kinds are asked about in the same way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(PEOPLE) & set(self.fields):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = colleagues(), "—"
        if "repair_kind" in self.fields:
            self.fields["repair_kind"].empty_label = "—"  # type: ignore[attr-defined]
        for name in set(KINDS_OF_TEXT) & set(self.fields):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
        if "mileage_km" in self.fields:
            self.fields["mileage_km"].max_value = FARTHEST_KM  # type: ignore[attr-defined]
            self.fields["mileage_km"].widget.attrs["max"] = FARTHEST_KM

    def clean_mileage_km(self) -> int | None:
        km = self.cleaned_data["mileage_km"]
        if km is not None and km > FARTHEST_KM:
            raise forms.ValidationError(_("No vehicle has come so far."))
        return km

    def validate_constraints(self) -> None:
        """The fields' own limits say the same, in words."""


class NewDocument(Facts):
    """A document of a client; the vehicle is chosen among theirs."""

    vehicle = forms.ModelChoiceField(
        Vehicle.objects.none(), label=_("vehicle"), required=False, empty_label="—"
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order: Sequence[str] = ("vehicle",)

    def __init__(
        self, *args: Any, customer: Counterparty, source: Document | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cars = list(vehicles.current_of(customer.pk))
        keys = [car.pk for car in cars]
        if source and source.vehicle and source.vehicle_id not in keys:
            cars.append(source.vehicle)
        field: Any = self.fields["vehicle"]
        field.queryset = Vehicle.objects.filter(pk__in=[car.pk for car in cars])
        field.choices = [("", "—"), *((car.pk, _called(car)) for car in cars)]
        self.initial.setdefault("vehicle", keys[0] if len(keys) == 1 else None)
        self.initial["key"] = uuid.uuid4()


WORK_ORDER = (
    "repair_kind",
    "master",
    "planned_handover_at",
    "mileage_km",
    "comment",
)


class AsksAboutMileage(forms.Form):
    """A mileage that runs back must be meant."""

    is_sure = forms.BooleanField(
        label=_("it is right: keep it all the same"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_sure" in self.data:
            self.ask_whether_sure()

    def ask_whether_sure(self) -> None:
        self.fields["is_sure"].widget = forms.CheckboxInput()


class NewWorkOrder(AsksAboutMileage, NewDocument):
    class Meta:
        model = WorkOrder
        fields = ("vehicle", *WORK_ORDER)
        widgets: ClassVar = {"planned_handover_at": MomentInput}

    field_order = (*Meta.fields[:-1], "is_sure")


class NewEstimate(NewDocument):
    class Meta:
        model = Estimate
        fields = ("vehicle", "valid_until", "comment")
        widgets: ClassVar = {"valid_until": DateInput}


class NewCustomerOrder(NewDocument):
    class Meta:
        model = CustomerOrder
        fields = ("vehicle", "expected_on", "comment")
        widgets: ClassVar = {"expected_on": DateInput}


class NewSale(NewDocument):
    class Meta:
        model = Sale
        fields = ("vehicle", "comment")


class NewInvoice(NewDocument):
    class Meta:
        model = Invoice
        fields = ("vehicle", "pay_until", "comment")
        widgets: ClassVar = {"pay_until": DateInput}


class NewRepairRequest(NewDocument):
    class Meta:
        model = RepairRequest
        fields = ("vehicle", "operation", "repair_kind", "reason", "comment")


NEW: dict[str, type[NewDocument]] = {
    Document.Kind.WORK_ORDER: NewWorkOrder,
    Document.Kind.ESTIMATE: NewEstimate,
    Document.Kind.CUSTOMER_ORDER: NewCustomerOrder,
    Document.Kind.SALE: NewSale,
    Document.Kind.INVOICE: NewInvoice,
    Document.Kind.REPAIR_REQUEST: NewRepairRequest,
}


class WorkOrderFacts(AsksAboutMileage, Facts, EditForm):
    """What a work order says besides its lines."""

    extra_work_limit = Figure(
        label=_("extra works up to, ₽"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        max_value=DEAREST,
        required=False,
    )

    class Meta:
        model = WorkOrder
        fields = (
            *WORK_ORDER[:-1],
            "dispatcher",
            "manager",
            "extra_work_policy",
            "extra_work_limit",
            "original",
            "comment",
        )
        widgets: ClassVar = {"planned_handover_at": MomentInput}

    field_order = (*Meta.fields[:4], "is_sure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        original: Any = self.fields["original"]
        original.queryset = documents.originals_for(self.instance)
        original.label_from_instance = lambda order: f"{order.number} · {order.date:%d.%m.%Y}"
        original.empty_label = "—"
        meanwhile: Any = self.fields["extra_work_policy"]
        meanwhile.choices = [("", "—"), *meanwhile.choices[1:]]


class EstimateFacts(Facts, EditForm):
    class Meta:
        model = Estimate
        fields = ("valid_until", "manager", "comment")
        widgets: ClassVar = {"valid_until": DateInput}


class CustomerOrderFacts(Facts, EditForm):
    class Meta:
        model = CustomerOrder
        fields = ("expected_on", "manager", "comment")
        widgets: ClassVar = {"expected_on": DateInput}


class SaleFacts(Facts, EditForm):
    class Meta:
        model = Sale
        fields = ("manager", "comment")


class InvoiceFacts(Facts, EditForm):
    class Meta:
        model = Invoice
        fields = ("pay_until", "manager", "comment")
        widgets: ClassVar = {"pay_until": DateInput}


class RepairRequestFacts(Facts, EditForm):
    class Meta:
        model = RepairRequest
        fields = ("repair_kind", "reason", "manager", "comment")


FACTS: dict[str, type[EditForm]] = {
    Document.Kind.WORK_ORDER: WorkOrderFacts,
    Document.Kind.ESTIMATE: EstimateFacts,
    Document.Kind.CUSTOMER_ORDER: CustomerOrderFacts,
    Document.Kind.SALE: SaleFacts,
    Document.Kind.INVOICE: InvoiceFacts,
    Document.Kind.REPAIR_REQUEST: RepairRequestFacts,
}


class PayerForm(FindsClient):
    """Who pays."""


class HandOverForm(forms.Form):
    """Who took the vehicle, and when."""

    to = forms.CharField(label=_("handed over to"), max_length=200)
    at = forms.DateTimeField(label=_("when"), widget=MomentInput)


def _called(car: Any) -> str:
    return " · ".join(filter(None, [car.title, getattr(car, "plate", "")]))
