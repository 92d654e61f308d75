"""Documents are made and changed, each time in a window over the screen."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import DOCUMENTS_CHANGED, ask, leave
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from customers.models import Counterparty
from orders.actions import documents, lines, writing
from orders.forms.documents import FACTS, NEW, HandOverForm, PayerForm
from orders.models import Document, WorkOrder
from orders.queries import branches, warnings
from orders.queries import documents as queries
from vehicles.models import Vehicle


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_new(request: HtmxRequest, pk: int, kind: str) -> HttpResponse:
    """One more document of a client, for the car that the address names; from another, or alone."""
    if kind not in NEW:
        raise Http404
    if not request.user.has_perm(lines.making(kind)):
        raise PermissionDenied
    customer = customers.open_card(pk, by=request.user, why="document")
    base, like = (_source(request, customer, name) for name in ("base", "like"))
    source = base or like
    initial = queries.offered_by(source, kind) if source else {}
    if car := key(request.GET.get("car")):
        initial["vehicle"] = car
    form = NEW[kind](request.POST or None, customer=customer, source=source, initial=initial)
    if form.is_valid():
        branch = branches.of_user(request.user)
        facts: dict[str, Any] = {"branch": branch, "customer": customer, "base": base, "like": like}
        facts |= {"by": request.user, "on": clock.today(branch.zone if branch else None)}
        facts |= {"payer": source.payer if source else None, "put_off": _put_off(request)}
        try:
            return leave(request, writing.create(kind, **facts, **form.cleaned_data).url)
        except RefusedError as refusal:
            _refuse(form, refusal)
    told = _told(kind, customer, base, like) | _before(request, kind, customer)
    return ask(request, form, **told)


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_facts(request: HtmxRequest, pk: int) -> HttpResponse:
    """What a document says besides its lines; of two people the second chooses."""
    document = _own(pk)
    form: Any = FACTS[document.kind](request.POST or None, instance=document)

    def edit(pk: int, **facts: Any) -> None:
        is_sure = bool(form.cleaned_data.get("is_sure"))
        on = clock.today(document.branch.zone)
        try:
            writing.edit(pk, is_sure=is_sure, by=request.user, on=on, **facts)
        except RefusedError as refusal:
            _asks(form, refusal)
            raise

    return windows.edit(
        request,
        form,
        edit,
        DOCUMENTS_CHANGED,
        row=document,
        history=lambda: queries.changes_of(document),
        title=document.title,
        said=_("The document is changed"),
        otherwise=document.url,
    )


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_payer(request: HtmxRequest, pk: int) -> HttpResponse:
    """Who pays for it."""
    document = _own(pk)
    return windows.write(
        request,
        PayerForm(request.POST or None),
        lambda client: writing.name_payer(pk, payer=client, by=request.user),
        DOCUMENTS_CHANGED,
        title=_("Payer: %(document)s") % {"document": document.title},
        about=_("Now: %(payer)s.") % {"payer": document.payer or "—"},
        said=_("The payer is named"),
        otherwise=document.url,
    )


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_hand_over(request: HtmxRequest, pk: int) -> HttpResponse:
    """The vehicle goes back: to whom, and when."""
    order: Any = get_object_or_404(WorkOrder.objects.select_related("counterparty"), pk=pk)
    initial = {"to": order.handed_over_to or order.counterparty, "at": clock.now()}
    return windows.write(
        request,
        HandOverForm(request.POST or None, initial=initial),
        lambda **given: writing.hand_over(pk, by=request.user, now=clock.now(), **given),
        DOCUMENTS_CHANGED,
        title=_("Hand the vehicle over: %(document)s") % {"document": order.number},
        said=_("The vehicle is handed over"),
        otherwise=order.url,
    )


def _refuse(form: Any, refusal: RefusedError) -> None:
    form.add_error(refusal.field, str(refusal))
    _asks(form, refusal)


def _asks(form: Any, refusal: RefusedError) -> None:
    """A mileage that runs back may be kept all the same."""
    if refusal.field == "mileage_km":
        form.ask_whether_sure()


def _own(pk: int) -> Any:
    """The document as what it is: an Estimate, a WorkOrder, …"""
    known = get_object_or_404(Document, pk=pk)
    related = ("branch", "payer", "vehicle", "counterparty")
    return documents.model_of(known.kind).objects.select_related(*related).get(pk=pk)


def _source(request: HtmxRequest, customer: Counterparty, name: str) -> Document | None:
    """The document of this client that the address names, or nothing."""
    pk = key(request.GET.get(name))
    if pk is None:
        return None
    return get_object_or_404(
        Document.objects.for_lists().select_related("payer"), pk=pk, counterparty=customer
    )


def _put_off(request: HtmxRequest) -> list[int]:
    """The deferred works that were ticked."""
    return [work for work in map(key, request.POST.getlist("deferred")) if work]


def _before(request: HtmxRequest, kind: str, customer: Counterparty) -> dict[str, Any]:
    """What to know before a work order is written, for the car that the address names."""
    if kind != Document.Kind.WORK_ORDER:
        return {}
    vehicle = Vehicle.objects.named().filter(pk=key(request.GET.get("car")) or 0).first()
    told = warnings.before_work_order(customer, vehicle)
    return {"warnings": told, "below": "parts/before.html"}


def _told(
    kind: str, customer: models.Model, base: Document | None, like: Document | None
) -> dict[str, Any]:
    """What stands above and below the form of a new document."""
    what = {"kind": Document.Kind(kind).label, "client": customer}
    about = ""
    if base:
        about = _("From %(document)s, with its lines.") % {"document": base.title}
    elif like:
        about = _("A copy of %(document)s.") % {"document": like.title}
    return {
        "title": _("%(kind)s: %(client)s") % what,
        "about": about,
        "submit": _("Create"),
        "otherwise": f"/?customer={customer.pk}",
    }
