"""What the search is compared with, behind the product's own middleware and templates.

The floor: the rows of one answer fetched again by primary key and rendered by the same template.
The baseline: Django's own list page, as anyone would set it up in five minutes, with the trigram
indexes that `icontains` can use.
"""

from dataclasses import dataclass

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path

from armclients import urls
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from armclients.models import User
from armclients.templatetags import arm
from armclients.workstation import desk as desks
from armclients.workstation import rows
from armclients.workstation.search import Found
from armclients.workstation.views import SCREEN
from customers.models import Contact, Counterparty
from vehicles.models import VehicleOwnership, VehiclePlate


@dataclass(frozen=True)
class Answer:
    """The primary keys of everything one answer shows."""

    found: Found
    phones: list[int]
    links: list[int]
    plates: list[int]


remembered: dict[str, Answer] = {}


def remember(query: dict[str, str], user: User, name: str) -> None:
    """Makes `/floor/?answer=name` show what this query finds, without searching."""
    desk = desks.results(query, user)
    pairs = Q(pk=None)
    for row in desk.vehicles:
        pairs |= Q(vehicle=row.pk, counterparty=row.owner)
    vehicles = [row.pk for row in desk.vehicles]
    phones = Contact.objects.filter(
        counterparty__in=desk.found.ids, kind__in=Contact.PHONES, is_primary=True
    )
    remembered[name] = Answer(
        found=desk.found,
        phones=list(phones.values_list("pk", flat=True)),
        links=list(VehicleOwnership.objects.filter(pairs).values_list("pk", flat=True)),
        plates=list(
            VehiclePlate.objects.filter(vehicle__in=vehicles, until=None).values_list(
                "pk", flat=True
            )
        ),
    )


def floor(request: HtmxRequest) -> HttpResponse:
    """The remembered answer by primary keys, in four plain statements."""
    answer = remembered[request.GET["answer"]]
    desk = desks._laid({}, request.user)
    desk.found = answer.found
    phones = dict(
        Contact.objects.filter(pk__in=answer.phones).values_list("counterparty_id", "normalized")
    )
    desk.clients = [
        rows.ClientRow(*facts, phone=arm.phone(phones.get(facts[0])))
        for facts in Counterparty.objects.filter(pk__in=answer.found.ids).values_list(
            "pk", "name", "kind", "inn", "attention"
        )
    ]
    plates = dict(
        VehiclePlate.objects.filter(pk__in=answer.plates).values_list("vehicle_id", "number")
    )
    desk.vehicles = [
        rows.VehicleRow(*facts, plate=plates.get(facts[0], ""), matched=False)
        for facts in VehicleOwnership.objects.filter(pk__in=answer.links).values_list(
            "vehicle_id",
            "counterparty_id",
            "vehicle__model__make__name",
            "vehicle__model__name",
            "vehicle__year",
            "vehicle__vin",
            "vehicle__body_number",
        )
    ]
    return screen(request, SCREEN, {"desk": desk}, parts={"results": "results"})


class ByName(ModelAdmin):
    """The plainest list: the indexed name alone."""

    list_display = ("name", "kind", "inn")
    list_per_page = 50
    search_fields = ("name",)


class ByAll(ByName):
    """The same, asked to find by phone, VIN and plate too."""

    search_fields = (
        "name",
        "contacts__value",
        "ownerships__vehicle__vin",
        "ownerships__vehicle__plates__number",
    )


def baseline(name: str, options: type[ModelAdmin]) -> AdminSite:
    site = AdminSite(name=name)
    site.register(Counterparty, options)
    return site


by_name, by_all = baseline("by_name", ByName), baseline("by_all", ByAll)

urlpatterns = [
    path("floor/", floor),
    path("by_name/", by_name.urls),
    path("by_all/", by_all.urls),
    *urls.urlpatterns,
]
