"""A new client, with the first car where there is one: what was typed into the search is kept."""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import ask, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from armclients.models import User
from armclients.templatetags.arm import phone as as_phone
from armclients.workstation.alike import alike
from armclients.workstation.filters import LONGEST, address
from customers import forms as of_customers
from customers import identity as people
from customers.actions import calls, counterparties
from customers.finding import folded
from customers.models import Call, Counterparty
from vehicles import forms as of_vehicles
from vehicles import identity as cars
from vehicles.actions import vehicles

ALIKE = "workstation/alike.html"
OF_CAR = ("model", "vin", "plate")


class NewClientForm(of_vehicles.OffersModels, of_customers.CounterpartyFields):
    """Who they are and how they are reached: a phone alone is enough. And what they drive."""

    name = forms.CharField(
        label=gettext_lazy("name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A phone alone is enough."),
    )
    phone = forms.CharField(label=gettext_lazy("phone"), max_length=300, required=False)
    email = forms.CharField(label=gettext_lazy("e-mail"), max_length=300, required=False)
    vin = forms.CharField(label=gettext_lazy("VIN or body number"), max_length=30, required=False)
    model = of_vehicles.ModelField()
    plate = forms.CharField(label=gettext_lazy("plate"), max_length=20, required=False)
    doubts: ClassVar = {
        **{name: of_customers.DOUBTS[name] for name in ("phone", "email", "inn", "kpp")},
        "plate": of_vehicles.DOUBTS["plate"],
    }
    field_order = ("name", "phone", "email", "manager", "legal_form", "kind", "inn", "kpp")

    class Meta(of_customers.CounterpartyFields.Meta):
        fields = ("name", "legal_form", "kind", "inn", "kpp", "manager", "comment")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("name") and "name" not in self.errors:
            phone = given.get("phone", "")
            given["name"] = as_phone(folded(phone)[1]) if any(map(str.isdigit, phone)) else ""
            if not given["name"]:
                self.add_error("name", _("Give a name or a phone."))
        return given


@require_http_methods(["GET", "POST"])
@needs("customers.add_counterparty")
def new_client(request: HtmxRequest) -> HttpResponse:
    """The client is entered and chosen; who may be the same is shown before."""
    initial = {"manager": request.user.pk} | prefilled(request.GET)
    form = NewClientForm(request.POST or None, initial=initial)
    near = alike(form.said)
    if form.is_valid():
        shown = set(request.POST.getlist("alike"))
        if {str(each.pk) for each in near} <= shown:
            try:
                customer = create(by=request.user, today=clock.today(), **form.cleaned_data)
            except RefusedError as refusal:
                form.add_error("phone", str(refusal))
            else:
                _of_call(request, customer)
                messages.success(request, form.with_doubts(_("The client is written down")))
                return leave(request, chosen(customer, form.cleaned_data))
        else:
            form.add_error(None, _("Perhaps the client is known already. If not, save once more."))
    return ask(
        request, form, title=_("New client"), submit=_("Create"), below=f"{ALIKE}#below", alike=near
    )


@require_POST
@needs("customers.add_counterparty")
def alike_clients(request: HtmxRequest) -> HttpResponse:
    """Who may be the client that is being typed."""
    near = alike(lambda name: request.POST.get(name, "")[:LONGEST])
    return screen(request, ALIKE, {"alike": near}, parts={"alike": "alike"})


def _of_call(request: HtmxRequest, customer: Counterparty) -> None:
    """The call that the client was entered from is theirs, where they have its number."""
    call = key(request.GET.get("call"))
    if call and request.user.has_perm("customers.change_event"):
        with suppress(RefusedError, Call.DoesNotExist):
            calls.identify(call, customer, by=request.user)


def prefilled(query: Mapping[str, str]) -> dict[str, str]:
    """What was searched for, each text in the field it belongs to.

    >>> prefilled({"client": "Зубков", "phone": "4434", "vehicle": "n123ap"})
    {'name': 'Зубков', 'phone': '4434', 'plate': 'n123ap'}
    """
    given = {name: query.get(name, "").strip()[:LONGEST] for name in ("inn", "model")}
    if client := query.get("client", "").strip()[:LONGEST]:
        likely = next(iter(people.looks_like(client)), "name")
        given[likely if likely in {"phone", "email", "inn"} else "name"] = client
    if phone := query.get("phone", "").strip()[:LONGEST]:
        given["email" if "@" in phone else "phone"] = phone
    if number := query.get("vehicle", "").strip()[:LONGEST]:
        is_plate = cars.looks_like(number) == ["plate"] or len(number) <= cars.LONGEST_PLATE
        given["plate" if is_plate else "vin"] = number
    return {name: text for name, text in given.items() if text}


@transaction.atomic
def create(*, by: User, today: datetime.date, **given: Any) -> Counterparty:
    """There is a new client, and their car where something of it is known."""
    car = {name: given.pop(name) for name in OF_CAR}
    customer = counterparties.create(by=by, **given)
    if any(car.values()):
        number = cars.joined(car["vin"])
        if cars.BODY.fullmatch(number) and not cars.VIN.fullmatch(number):
            car["body_number"] = car.pop("vin")
        vehicles.create(owner=customer, today=today, **car)
    return customer


def chosen(customer: Counterparty, given: Mapping[str, Any]) -> str:
    """The screen on which the new client is found and chosen."""
    is_phone = as_phone(folded(given["phone"])[1]) == customer.name
    found_by = {"phone": given["phone"]} if is_phone else {"client": customer.name}
    return address({**found_by, "customer": customer.pk})
