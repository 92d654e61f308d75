"""The lines of a document, written where they are read."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from armclients.kit import clashes, clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, is_fragment, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from orders.actions import lines
from orders.forms.lines import FORMS, EarlierForm, PackageForm, TypedForm
from orders.models import Document
from orders.queries import documents as queries
from orders.queries import offers
from orders.queries.offers import Typed
from orders.views import document as pages

LINE = "orders/line.html"


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_lines(request: HtmxRequest, pk: int) -> HttpResponse:
    """What can be put in by what is typed; posted, it is put in."""
    document = _document(pk)
    on = clock.today(document.branch.zone)
    form = TypedForm(request.POST if request.method == "POST" else request.GET)
    given = form.cleaned_data if form.is_valid() else {"typed": ""}
    if request.method == "POST":
        try:
            lines.add_typed(pk, by=request.user, on=on, **given)
        except RefusedError as refusal:
            return pages.show(request, pk, typed=given["typed"], refusal=refusal, status=422)
        return _shown(request, pk)
    found = offers.offers(document, Typed.of(given["typed"]), on=on)
    look = {"typed": given["typed"], "found": found}
    if not is_fragment(request):
        return pages.show(request, pk, **look)
    context = {"document": document, "look": look}
    return screen(request, pages.PAGE, context, parts={"line-found": "found"})


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def line(request: HtmxRequest, pk: int, of: str, line: int) -> HttpResponse:
    """One line, to be changed in its row; what somebody else has changed is chosen between."""
    row = _line(pk, of, line)
    form = FORMS[of](request.POST or None, instance=row)
    others: list[clashes.Clash] = []
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            lines.change(pk, line, of=of, seen=seen, given=form.given, by=request.user)
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        except clashes.ClashError as clash:
            changes = queries.changes_of_line(row)
            others = clashes.described(clash, row=row, mine=form.given, changes=changes)
            form = form.after(clash)
        else:
            return _shown(request, pk)
    context = {"line": row, "of": of, "form": form, "clashes": others, "document": row.document}
    status = 422 if form.is_bound else 200
    return screen(request, LINE, context, parts={"line": "row"}, status=status)


@require_POST
@needs("orders.view_document")
def line_remove(request: HtmxRequest, pk: int, of: str, line: int) -> HttpResponse:
    """A line less; one that somebody else has taken out already is simply gone."""
    model = lines.MODELS.get(of)
    if model is None:
        raise Http404
    try:
        lines.remove(pk, line, of=of, by=request.user)
    except model.DoesNotExist:
        return pages.show(request, pk, refusal=_("Somebody has taken this line out."))
    except RefusedError as refusal:
        return pages.show(request, pk, refusal=refusal, status=422)
    return _shown(request, pk)


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_repeat(request: HtmxRequest, pk: int) -> HttpResponse:
    """«Повторить прошлый»: the lines of an earlier document at the prices of today."""
    document = _document(pk)
    on = clock.today(document.branch.zone)
    return windows.write(
        request,
        EarlierForm(request.POST or None, document=document),
        lambda of: lines.repeat(pk, of=of, by=request.user, on=on),
        DOCUMENTS_CHANGED,
        title=_("Repeat an earlier document"),
        about=_("Its works and goods at the prices of today."),
        said=_("The lines are put in"),
        otherwise=document.url,
        submit=_("Put in"),
    )


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_package(request: HtmxRequest, pk: int) -> HttpResponse:
    """A work package goes in as a whole."""
    document = _document(pk)
    on = clock.today(document.branch.zone)
    return windows.write(
        request,
        PackageForm(request.POST or None, document=document),
        lambda package: lines.add_package(pk, package=package, by=request.user, on=on),
        DOCUMENTS_CHANGED,
        title=_("Work package"),
        said=_("The lines are put in"),
        otherwise=document.url,
        submit=_("Put in"),
    )


def _document(pk: int) -> Document:
    related = ("branch", "vehicle", "counterparty")
    return get_object_or_404(Document.objects.select_related(*related), pk=pk)


def _line(pk: int, of: str, line: int) -> Any:
    model = lines.MODELS.get(of)
    if model is None:
        raise Http404
    rows = model._default_manager.select_related("document__repairrequest")
    return get_object_or_404(rows, pk=line, document=pk)


def _shown(request: HtmxRequest, pk: int) -> HttpResponse:
    """The whole document anew: a line changes its sums."""
    if not request.htmx:
        return HttpResponseRedirect(pages.address(pk))
    return reswap(retarget(pages.show(request, pk), "#document"), "outerHTML")
