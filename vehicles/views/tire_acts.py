"""What is done with a set of tires: each in a window over the screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import CUSTOMER_CHANGED, TIRES_CHANGED, ask, done, leave
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers.queries import open_card
from vehicles import tire_forms, tire_queries
from vehicles.actions import storage, tires
from vehicles.models import TireSet, TireStore
from vehicles.views.tires import found

BELOW = "vehicles/tire_offered.html#below"
CHARGES = "vehicles/tire_charges.html#below"


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_tireset")
def take_in(request: HtmxRequest) -> HttpResponse:
    """One more set; then its page, from which label and act are printed."""
    owner, today = key(request.GET.get("customer")), clock.today()
    customer = open_card(owner, by=request.user, why="tires") if owner else None
    car = {"vehicle": key(request.GET.get("car")), "cell": request.GET.get("cell", "")}
    form = tire_forms.TakeInForm(request.POST or None, customer=customer, today=today, initial=car)
    if form.is_valid():
        given = form.cleaned_data
        whose = customer or given.pop("client")
        try:
            kept = tires.take_in(
                depositor=whose, by=request.user, at=clock.now(), today=today, **given
            )
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _taken_in(request, kept)
    title = _("Take tires in: %(client)s") % {"client": customer} if customer else ""
    words = {"title": title or _("Take tires in"), "submit": _("Take in")}
    return ask(request, form, below=BELOW, otherwise=reverse("tires:tires"), **words)


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_tireset")
def swap(request: HtmxRequest, pk: int) -> HttpResponse:
    """Смена сезона in one step: this set is given out, the other is taken in its place."""
    given_out, today = found(pk), clock.today()
    other = {"winter": "summer", "summer": "winter"}.get(given_out.season, given_out.season)
    like = {"season": other, "size": given_out.size, "quantity": given_out.quantity}
    form = tire_forms.SwapForm(request.POST or None, today=today, initial=like)
    if form.is_valid():
        try:
            kept = tires.swap(pk, by=request.user, at=clock.now(), today=today, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _taken_in(request, kept)
    facts = {"set": given_out.number, "title": given_out.title}
    return ask(
        request,
        form,
        title=_("Change of season: %(client)s") % {"client": given_out.depositor},
        about=_("%(set)s %(title)s is given out; below is the set that comes off the car.") % facts,
        below=BELOW,
        set=given_out,
        submit=_("Give out and take in"),
        otherwise=given_out.url,
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The set's own facts; what somebody else has changed meanwhile is chosen between."""
    kept = get_object_or_404(TireSet.objects.for_lists(), pk=pk)
    return windows.edit(
        request,
        tire_forms.TireForm(request.POST or None, instance=kept),
        tires.edit,
        TIRES_CHANGED,
        row=kept,
        history=lambda: tire_queries.changes_of(kept),
        title=_("Tires: %(set)s") % {"set": kept.number},
        said=_("The set is changed"),
        otherwise=kept.url,
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def relocate(request: HtmxRequest, pk: int) -> HttpResponse:
    """To another cell; where a count found it, when the address says so."""
    form = tire_forms.RelocateForm(
        request.POST or None, initial={"cell": request.GET.get("cell", "")}
    )
    return _act(
        request,
        found(pk),
        form,
        lambda **given: tires.relocate(pk, by=request.user, at=clock.now(), **given),
        title=_("Relocate: %(set)s"),
        said=_("The set is relocated"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.request_tireset")
def ask_for(request: HtmxRequest, pk: int) -> HttpResponse:
    """The set goes on the pick list."""
    today = clock.today()
    form = tire_forms.RequestForm(request.POST or None, initial={"needed_on": today})
    return _act(
        request,
        found(pk),
        form,
        lambda **given: tires.request(pk, today=today, **given),
        title=_("Ask for: %(set)s"),
        said=_("The set is on the pick list"),
        submit=_("Onto the pick list"),
    )


@require_POST
@needs("vehicles.request_tireset")
def recall(request: HtmxRequest, pk: int) -> HttpResponse:
    """Nobody waits for the set any more."""
    kept, said = found(pk), _("The set stays where it lies")
    try:
        tires.recall(pk)
    except RefusedError as refusal:
        said = str(refusal)
    return done(request, TIRES_CHANGED, said=said, otherwise=kept.url)


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def release(request: HtmxRequest, pk: int) -> HttpResponse:
    """The set is given out."""
    return _act(
        request,
        found(pk),
        tire_forms.ReleaseForm(request.POST or None),
        lambda **given: tires.release(
            pk, by=request.user, at=clock.now(), today=clock.today(), **given
        ),
        title=_("Give out: %(set)s"),
        said=_("The set is given out"),
        submit=_("Give out"),
        below=CHARGES,
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def notice(request: HtmxRequest, pk: int) -> HttpResponse:
    """The depositor was told to take the set."""
    form = tire_forms.NoticeForm(request.POST or None, initial={"on": clock.today()})
    return _act(
        request,
        found(pk),
        form,
        lambda **given: tires.give_notice(pk, today=clock.today(), **given),
        title=_("Notice to the depositor: %(set)s"),
        said=_("The notice is written down"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.dispose_tireset")
def dispose(request: HtmxRequest, pk: int) -> HttpResponse:
    """The set is scrapped, after a notice."""
    return _act(
        request,
        found(pk),
        tire_forms.DisposeForm(request.POST or None),
        lambda **given: tires.dispose(
            pk, by=request.user, at=clock.now(), today=clock.today(), **given
        ),
        title=_("Dispose of: %(set)s"),
        said=_("The set is disposed of"),
        submit=_("Dispose of"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def measure(request: HtmxRequest, pk: int) -> HttpResponse:
    """Tread and pressure, wheel by wheel."""
    kept, today = found(pk), clock.today()
    form = tire_forms.MeasureForm(request.POST or None, tires=kept.quantity, initial={"on": today})
    return _act(
        request,
        kept,
        form,
        lambda **given: tires.measure(pk, by=request.user, today=today, **given),
        title=_("Measure: %(set)s"),
        said=_("The measurements are written down"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_storagecell")
def lay_out(request: HtmxRequest) -> HttpResponse:
    """Racks stand in a store, each cell with its code."""
    first = TireStore.objects.order_by("pk").first()
    name = first.name if first else _("Tire hotel")
    form = tire_forms.LayOutForm(request.POST or None, initial={"store": name})
    return windows.write(
        request,
        form,
        storage.lay_out,
        TIRES_CHANGED,
        title=_("Lay out racks"),
        said=_("The racks are laid out"),
        submit=_("Lay out"),
        otherwise=reverse("tires:racks"),
    )


def _act(
    request: HtmxRequest,
    kept: TireSet,
    form: Form,
    action: Callable[..., Any],
    *,
    title: str,
    **words: str,
) -> HttpResponse:
    """A window in which something happens to the set, and so to its client."""
    return windows.write(
        request,
        form,
        action,
        TIRES_CHANGED,
        CUSTOMER_CHANGED,
        title=title % {"set": kept.number},
        about=f"{kept.title} · {kept.depositor}",
        set=kept,
        otherwise=kept.url,
        **words,
    )


def _taken_in(request: HtmxRequest, kept: TireSet) -> HttpResponse:
    if kept.cell:
        facts = {"set": kept.number, "cell": kept.cell.code}
        messages.success(request, _("%(set)s is taken in: the cell %(cell)s") % facts)
    else:
        said = _("%(set)s is taken in. No cell has room for it: it lies on the floor.")
        messages.warning(request, said % {"set": kept.number})
    return leave(request, kept.url)
