"""Calendars of bays and masters, for telephones to subscribe to."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from armclients.kit import clock, icalendar
from armclients.kit.access import needs, open_to_all
from armclients.kit.addresses import key
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from orders.models import Bay, Slot
from orders.queries import calendar
from orders.queries.calendar import BAYS, MASTERS, Scarce

SIGNER = signing.Signer(salt="calendar of a bay or a master")
BACK, AHEAD = datetime.timedelta(days=30), datetime.timedelta(days=180)
LONGEST_FEED = 2000


@require_safe
@needs("orders.view_document")
def feeds(request: HtmxRequest) -> HttpResponse:
    """The links of a branch's calendars. Whoever has a link needs no log-in."""
    branch = calendar.branch_of(request.user, key(request.GET.get("branch")))
    on = [*calendar.bays_of(branch), *calendar.masters_of(branch)] if branch else []
    links = [(each, request.build_absolute_uri(address_of(each))) for each in on]
    context = {"links": links, "branch": branch}
    return screen(request, "orders/feeds.html", context, parts={"dialog": "dialog"})


def address_of(on: Scarce) -> str:
    return reverse("booking:feed", args=[SIGNER.sign(on.key)])


@require_safe
@open_to_all
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """What is booked on a bay, or for a master: the car and the work, nobody's name or phone."""
    try:
        kind, pk = SIGNER.unsign(token).split("-")
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    on = _named(kind, int(pk))
    now = clock.now()
    with translation.override("ru"):
        text = icalendar.written(str(on), map(_entry, _slots(kind, on, now)), at=now)
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def _named(kind: str, pk: int) -> Any:
    """The bay, or the master while they work here.

    Raises Http404.
    """
    rows: Any = {
        BAYS: Bay.objects.all(),
        MASTERS: get_user_model().objects.filter(is_active=True),
    }[kind]
    if found := rows.filter(pk=pk).first():
        return found
    raise Http404


def _slots(kind: str, on: Any, now: datetime.datetime) -> Any:
    """Held slots around now. One statement."""
    slots = Slot.objects.filter(
        is_held=True, end_at__gt=now - BACK, start_at__lt=now + AHEAD, **{kind: on}
    ).select_related("request__vehicle__model__make", "request__repair_kind", "bay__branch")
    plated = slots.annotate(plate=calendar.vehicles.current_plate("request__vehicle"))
    return plated.order_by("start_at", "pk")[:LONGEST_FEED]


def _entry(slot: Any) -> icalendar.Entry:
    request = slot.request
    kind = request.repair_kind.name if request.repair_kind else ""
    car = " ".join(filter(None, [request.what, slot.plate]))
    return icalendar.Entry(
        uid=f"slot-{slot.pk}@arm-clients",
        start_at=slot.start_at,
        end_at=slot.end_at,
        summary=", ".join(filter(None, [car or _("Vehicle"), kind])),
        description="\n".join(filter(None, [request.number, request.reason])),
        location=", ".join(
            filter(None, [slot.bay and slot.bay.name, slot.bay and slot.bay.branch.name])
        ),
        is_sure=request.state in {"confirmed", "arrived"},
    )
