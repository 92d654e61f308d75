"""What the storage of a set of tires costs its depositor: charged, and shown on the set's page."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, screen, sent
from armclients.kit.typing import HtmxRequest
from customers.queries import open_card
from orders.actions import tire_charges
from orders.forms.tire_charges import ChargeForm
from orders.models import Document
from orders.queries import branches
from orders.queries import tire_charges as queries
from vehicles.models import TireSet


@require_safe
@needs("orders.view_document")
def charges(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was charged for the storage of a set, and whether it is for the present time."""
    kept = get_object_or_404(TireSet, pk=pk)
    charged = list(queries.charges_of(kept))
    context = {
        "set": kept,
        "charges": charged,
        "is_charged": any(line.stored_until == kept.until for line in charged),
    }
    return screen(request, "orders/tire_charges.html", context, parts={"charges": "charges"})


@require_http_methods(["GET", "POST"])
@needs("orders.change_workorder")
def charge(request: HtmxRequest, pk: int) -> HttpResponse:
    """The price of a season goes into an order of the depositor, or into a new one."""
    kept = get_object_or_404(TireSet.objects.for_lists(), pk=pk)
    customer = open_card(kept.depositor_id, by=request.user, why="tires")

    def enter(order: Document | None, price: Decimal, again: Any) -> None:
        branch = order.branch if order else branches.of_user(request.user)
        on = clock.today(branch.zone if branch else None)
        facts = {"price": price, "again": again, "branch": branch, "by": request.user, "on": on}
        tire_charges.charge(pk, order=order, **facts)

    return windows.write(
        request,
        ChargeForm(sent(request), kept=kept),
        enter,
        DOCUMENTS_CHANGED,
        title=_("Charge storage: %(set)s") % {"set": kept.number},
        about=f"{kept.title} · {customer}",
        said=_("The storage is charged"),
        submit=_("Charge"),
        otherwise=kept.url,
    )
