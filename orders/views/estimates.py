"""An estimate's versions, what the client answered, and what becomes of it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, EVENTS_CHANGED, ask, leave, screen, sent
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from orders import links, sections
from orders.actions import estimates
from orders.forms.estimates import ToldAnswerForm, ValidityForm
from orders.models import Estimate
from orders.queries import defects, documents
from orders.queries import estimates as queries


@require_safe
@needs("orders.view_estimateanswer")
def document_answer(request: HtmxRequest, pk: int) -> HttpResponse:
    """Ответ клиента: the versions, the link, and yes or no to each line."""
    document = documents.open_document(pk, by=request.user)
    estimate = _estimate(pk)
    given, lines = queries.answer_to(estimate)
    today = clock.today(estimate.branch.zone)
    context = {
        **sections.shell(document, opened="answer", by=request.user),
        "estimate": estimate,
        "answer": given,
        "answers": lines,
        "versions": queries.versions_of(estimate),
        "newer": queries.newer_than(estimate),
        "is_over": estimate.valid_until is not None and estimate.valid_until < today,
        "link": links.ESTIMATES.url_for(pk) if estimate.state == "sent" else "",
        "defects": defects.shown_in(document),
    }
    return screen(request, "orders/document_answer.html", context, parts={"document": "document"})


@require_http_methods(["GET", "POST"])
@needs("orders.add_estimateanswer")
def answer_told(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client said it by phone or at the counter; the advisor writes it down."""
    estimate = _estimate(pk)
    form = ToldAnswerForm(request.POST or None, offer=queries.offer(estimate))
    today = clock.today(estimate.branch.zone)

    def answer(how: str, **_given: Any) -> None:
        estimates.answer(pk, form.said(how=how), by=request.user, at=clock.now(), today=today)

    return windows.write(
        request,
        form,
        answer,
        *(DOCUMENTS_CHANGED, EVENTS_CHANGED),
        title=_("The client's answer: %(number)s") % {"number": estimate.number},
        about=_("What is not ticked is declined and stays with the vehicle."),
        said=_("The answer is written down"),
        otherwise=f"{estimate.url}answer/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.change_estimate")
def estimate_validity(request: HtmxRequest, pk: int) -> HttpResponse:
    """Until which day the offer, and its link, stand."""
    estimate = _estimate(pk)
    today = clock.today(estimate.branch.zone)
    return windows.write(
        request,
        ValidityForm(request.POST or None, initial={"until": estimate.valid_until}),
        lambda until: estimates.set_validity(pk, until=until, today=today),
        DOCUMENTS_CHANGED,
        title=_("Valid until: %(number)s") % {"number": estimate.number},
        said=_("The validity is changed"),
        otherwise=f"{estimate.url}answer/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_estimate")
def estimate_version(request: HtmxRequest, pk: int) -> HttpResponse:
    """A new draft with the same lines; the former version can still be read."""
    estimate = _estimate(pk)

    def make() -> Estimate:
        today = clock.today(estimate.branch.zone)
        return estimates.new_version(pk, by=request.user, on=today)

    title = _("A new version of %(number)s?") % {"number": estimate.number}
    return _go_on(request, estimate, make, title=title, submit=_("Make the version"))


@require_http_methods(["GET", "POST"])
@needs("orders.add_workorder")
def estimate_order(request: HtmxRequest, pk: int) -> HttpResponse:
    """What the client accepted stands in a work order."""
    estimate = _estimate(pk)

    def take() -> Any:
        today = clock.today(estimate.branch.zone)
        return estimates.take_accepted(pk, by=request.user, on=today, at=clock.now())

    title = _("Accepted lines into a work order: %(number)s") % {"number": estimate.number}
    return _go_on(request, estimate, take, title=title, submit=_("Into a work order"))


def _go_on(
    request: HtmxRequest, estimate: Estimate, act: Any, *, title: str, submit: str
) -> HttpResponse:
    """Once the user says so, on to the document that it makes; why not stands in the window."""
    form = Form(sent(request))
    if form.is_valid():
        try:
            return leave(request, act().url)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    return ask(request, form, title=title, submit=submit, otherwise=f"{estimate.url}answer/")


def _estimate(pk: int) -> Estimate:
    estimates_with: Any = Estimate.objects.select_related("branch", "base")
    return get_object_or_404(estimates_with, pk=pk)
