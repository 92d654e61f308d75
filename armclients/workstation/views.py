"""The screen, the jump-in of other systems, and the panels that show several floors."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe
from django_htmx.http import push_url, replace_url

from armclients.kit.access import needs
from armclients.kit.htmx import is_fragment, screen
from armclients.kit.typing import HtmxRequest
from armclients.workstation import desk as desks
from armclients.workstation import jump_in as jumping
from armclients.workstation.counts import counts
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import TEXTS, ClientFilter

SCREEN = "workstation/screen.html"


@require_safe
@needs("armclients.use_workstation")
def workstation(request: HtmxRequest) -> HttpResponse:
    """The screen; to HTMX, its results, and the selection with them where it asks for both."""
    lists_only = is_fragment(request) and request.htmx.target != "screen"
    read = desks.results if lists_only else desks.whole
    desk = read(request.GET, request.user)
    response = screen(
        request, SCREEN, {"desk": desk}, parts={"results": "results", "screen": "screen"}
    )
    if request.htmx.trigger_name in TEXTS:
        # Typing must not fill the browser's history; Enter and the boxes may.
        return replace_url(response, desk.search.url())
    if request.htmx.trigger == "search":
        return push_url(response, desk.search.url())
    return response


@require_safe
@needs("armclients.use_workstation")
def box_counts(request: HtmxRequest) -> HttpResponse:
    """The numbers beside the boxes: how many each would find with all that is asked."""
    search = ClientFilter(request.GET, asking=Asking(request.user))
    if not is_fragment(request):
        return HttpResponseRedirect(search.url())
    found = counts(search) if search.form.is_valid() else {}
    return screen(request, SCREEN, {"counts": found}, parts={"counts": "counts"})


@require_safe
@needs("armclients.use_workstation")
def keys(request: HtmxRequest) -> HttpResponse:
    """What every key does: in a window over the screen, or a page of its own."""
    return screen(request, "workstation/keys.html", {}, parts={"dialog": "keys"})


@require_safe
@needs("customers.view_counterparty")
def customer_info(request: HtmxRequest, pk: int) -> HttpResponse:
    """A client's card: alone to HTMX, otherwise on the screen."""
    if is_fragment(request):
        desk = desks.card_of(request.GET, request.user, pk)
    else:
        desk = desks.whole(request.GET.dict() | {"customer": str(pk)}, request.user)
    if desk.customer is None:
        raise Http404
    return screen(request, SCREEN, {"desk": desk}, parts={"panel": "info"})


@require_safe
@needs("vehicles.view_vehicle")
def vehicle_info(request: HtmxRequest, pk: int) -> HttpResponse:
    """A vehicle's facts: alone to HTMX, otherwise on the screen with its owner."""
    if is_fragment(request):
        desk = desks.facts_of(request.GET, request.user, pk)
    else:
        desk = desks.whole(request.GET.dict() | {"car": str(pk)}, request.user)
    if desk.car is None:
        raise Http404
    return screen(request, SCREEN, {"desk": desk}, parts={"car": "vehicle"})


@require_safe
@needs("armclients.use_workstation")
def jump_in(request: HtmxRequest) -> HttpResponse:
    """`/open/?phone=…`: one exact hit opens the client, otherwise the search is filled in."""
    return HttpResponseRedirect(jumping.address(request.GET, request.user))
