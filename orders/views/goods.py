"""What happens to a line of goods: each act in a window, with what is likely filled in."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, sent
from armclients.kit.typing import HtmxRequest
from armclients.templatetags import arm
from orders.actions import reserves, stock
from orders.forms import stock as forms
from orders.models import PartLine
from orders.queries import stock as queries


@require_http_methods(["GET", "POST"])
@needs("orders.reserve_goods")
def line_reserve(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much more is held for it."""
    line = _line(pk)
    form = forms.ShelfForm(sent(request), line=line, likely=line.missing)
    return _window(request, line, form, reserves.reserve, title=_("Reserve"), said=_("Reserved"))


@require_http_methods(["GET", "POST"])
@needs("orders.reserve_goods")
def line_release(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much of it is free again."""
    line = _line(pk)
    form = forms.QuantityForm(sent(request), likely=line.held)
    return _window(request, line, form, reserves.release, title=_("Release"), said=_("Released"))


@require_http_methods(["GET", "POST"])
@needs("orders.issue_goods")
def line_issue(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much of it is handed over."""
    line = _line(pk)
    form = forms.ShelfForm(sent(request), line=line, likely=line.held or line.to_issue)
    return _window(request, line, form, stock.issue, title=_("Issue goods"), said=_("Goods issued"))


@require_http_methods(["GET", "POST"])
@needs("orders.issue_goods")
def line_return(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much of it lies in the warehouse again."""
    line = _line(pk)
    form = forms.ReturnForm(sent(request), likely=line.issued)
    return _window(
        request, line, form, stock.take_back, title=_("Take goods back"), said=_("Taken back")
    )


@require_http_methods(["GET", "POST"])
@needs("orders.reserve_goods")
def line_expect(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much of it is on order, and comes that day."""
    line = _line(pk)
    known = {"ordered": arm.quantity(line.ordered or line.missing), "expected_on": line.expected_on}
    form = forms.ExpectForm(sent(request), initial=known)
    return _window(request, line, form, stock.expect, title=_("Supply"), said=_("Written down"))


@require_http_methods(["GET", "POST"])
@needs("orders.issue_goods")
def line_codes(request: HtmxRequest, pk: int) -> HttpResponse:
    """Its pieces have these codes."""
    line = _line(pk)
    form = forms.CodesForm(sent(request), line=line)

    def mark(line_pk: int, *, codes: list[Any], by: Any) -> None:
        stock.mark(line_pk, scanned=codes, by=by)

    return _window(request, line, form, mark, title=_("Marking codes"), said=_("Written down"))


def _line(pk: int) -> PartLine:
    lines = PartLine.objects.select_related("part", "reserve", "document__repairrequest")
    return get_object_or_404(lines, pk=pk)


def _window(
    request: HtmxRequest,
    line: PartLine,
    form: Form,
    action: Callable[..., Any],
    *,
    title: str,
    said: str,
) -> HttpResponse:
    """The window says how the line stands and how much is free where."""
    stands = _("%(quantity)s wanted, %(held)s reserved, %(issued)s issued.") % {
        "quantity": arm.quantity(line.quantity),
        "held": arm.quantity(line.held),
        "issued": arm.quantity(line.issued),
    }
    return windows.write(
        request,
        form,
        lambda **given: action(line.pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=f"{title}: {line.part.name}",
        about=f"{stands} {queries.what_is_free(line.part_id)}",
        said=said,
        otherwise=line.document.url,
        submit=title,
    )
