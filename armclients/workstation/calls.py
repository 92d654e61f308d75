"""The current call in the header: who it is, and what the shop is doing for them."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from armclients.models import User
from armclients.workstation.filters import address
from customers.models import Call, Counterparty
from customers.models.call import CallQuerySet
from customers.telephony.resolve import clients_with
from orders.models import Document, RepairRequest
from orders.queries import booking, documents
from vehicles.models import Vehicle
from vehicles.queries import current_plate

CARS_SHOWN = 2


@dataclass(frozen=True)
class Strip:
    """A call as the header shows it. The number is empty for eyes that may not see it."""

    call: Call
    shows_number: bool
    callers: list[Counterparty]
    cars: list[Vehicle] = field(default_factory=list)
    unfinished: list[Document] = field(default_factory=list)
    bookings: list[RepairRequest] = field(default_factory=list)

    @property
    def caller(self) -> Counterparty | None:
        """Who it is, when that is known."""
        return self.callers[0] if len(self.callers) == 1 else None

    @property
    def search_url(self) -> str:
        """The search for the number; for eyes that may not see it, the client it belongs to."""
        if self.shows_number:
            return address({"phone": f"+{self.call.normalized}" if self.call.normalized else ""})
        return f"/?customer={self.caller.pk}" if self.caller else "/"


def on_the_line_of(user: User) -> CallQuerySet:
    """The calls of the user at this moment: one, as a rule."""
    return Call.objects.under_way(clock.now()).on_the_line_of(user)


def strip_of(user: User) -> Strip | None:
    """The newest call on the user's line. One statement; five while there is one."""
    callers = Prefetch("counterparties", Counterparty.objects.order_by("name", "pk"))
    calls = on_the_line_of(user).prefetch_related(callers)
    call = calls.order_by("-started_at", "-pk").first()
    if call is None:
        return None
    known = list(call.counterparties.all()) or _since_made(call)
    found: dict[str, Any] = {}
    if len(known) == 1:
        found = {"cars": _cars_of(known[0]), "unfinished": documents.unfinished_of(known[0])}
    elif not known and call.normalized:
        phones = [f" {call.normalized} "]
        found = {"bookings": booking.without_card(names=(), phones=phones, on=None)}
    shows_number = user.has_perm("customers.view_contact_value")
    return Strip(call, shows_number, known, **found)


def _since_made(call: Call) -> list[Counterparty]:
    """Whoever was given the number while it was ringing."""
    keys = clients_with(call.number)
    return list(Counterparty.objects.filter(pk__in=keys).order_by("name", "pk")) if keys else []


def _cars_of(client: Counterparty) -> list[Vehicle]:
    cars = Vehicle.objects.named().filter(ownerships__counterparty=client, ownerships__until=None)
    return list(cars.annotate(plate=current_plate()).distinct().order_by("-pk")[:CARS_SHOWN])


@require_safe
@needs("customers.view_call")
def current(request: HtmxRequest) -> HttpResponse:
    """The header's strip: the call on the user's line, or nothing."""
    context = {"strip": strip_of(request.user)}
    return screen(request, "workstation/call.html", context, parts={"call": "strip"})


@require_safe
@needs("customers.view_call")
def search_current(request: HtmxRequest) -> HttpResponse:
    """«Тек. звонок»: on to the search for the number of the current call."""
    strip = strip_of(request.user)
    if strip is None:
        messages.info(request, _("Nobody is calling you now."))
        return HttpResponseRedirect("/")
    return HttpResponseRedirect(strip.search_url)


@require_safe
@needs("customers.view_call")
def stream(request: HtmxRequest) -> HttpResponse:  # noqa: ARG001
    """Where pages are served without an event loop nothing is pushed: 204 ends the asking."""
    return HttpResponse(status=204)
