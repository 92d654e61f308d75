"""«Список обзвона»: whom to call, and what each call came to."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.call_list import actions, queries
from armclients.call_list.actions import Outcome
from armclients.call_list.forms import CallForm
from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import EVENTS_CHANGED, announce, ask, done, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from armclients.models import CallTarget
from armclients.workstation.filters import address
from armclients.workstation.jumps import jumps

HOME = "/call-list/"
# Each outcome has a key of its own in the row; the next call needs a day, and so a window.
KEYS = [(Outcome(value), label, n) for n, (value, label) in enumerate(Outcome.choices, 1)]


@require_safe
@needs("customers.add_event")
def call_list(request: HtmxRequest) -> HttpResponse:
    """A page of the list. One statement."""
    asked = queries.Asked.of(request.GET)
    today = clock.today()
    after = request.GET.get("after")
    context = {
        "asked": asked,
        "page": queries.page(asked, by=request.user, today=today, after=after),
        "outcomes": KEYS,
        "today": today,
    }
    return screen(
        request, "workstation/call_list.html", context, parts={"calls": "calls", "more": "rows"}
    )


@require_http_methods(["GET", "POST"])
@needs("customers.add_event")
def record(request: HtmxRequest, pk: int) -> HttpResponse:
    """What the call came to: by one key in the row, or here with a word and a day."""
    target = queries.target(pk)
    if target is None:
        raise Http404
    chosen = {"outcome": request.GET.get("outcome", "")}
    now = clock.now()
    form = CallForm(request.POST or None, by=request.user, now=now, initial=chosen)
    is_refused = False
    if form.is_valid():
        today = clock.today()
        try:
            actions.record(target, form.call, by=request.user, at=now, today=today)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            is_refused = True
        else:
            return _recorded(request, target, form.call)
    title = _("Call: %(client)s") % {"client": target.customer}
    answer = ask(request, form, title=title, otherwise=HOME)
    return announce(answer, EVENTS_CHANGED) if is_refused else answer


def _recorded(request: HtmxRequest, target: CallTarget, call: actions.Call) -> HttpResponse:
    """On to the booking where the client wants one, else to the next call."""
    if call.outcome != Outcome.BOOKED:
        return done(request, EVENTS_CHANGED, said=str(call.outcome.label), otherwise=HOME)
    buttons = jumps(target.customer, target.vehicle, shows_contacts=False)
    bookings = (jump.url for jump in buttons if jump.slug == "booking" and not jump.leaves)
    card = address({"customer": target.customer_id, "car": target.vehicle_id})
    return leave(request, next(filter(None, bookings), card))
