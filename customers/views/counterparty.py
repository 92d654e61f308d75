"""Clients, made and changed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, screen
from armclients.kit.limits import Looked
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import counterparties
from customers.forms import DOUBTS, AttentionForm, CounterpartyForm

# Shorter texts fit half of the base.
ENOUGH_TO_FIND = 3


@require_http_methods(["GET", "POST"])
@needs("customers.change_counterparty")
def attention(request: HtmxRequest, pk: int) -> HttpResponse:
    """What everybody who opens the client is to be shown."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = AttentionForm(request.POST or None, instance=customer)
    return windows.write(
        request,
        form,
        lambda **given: counterparties.flag(
            customer,
            level=given["attention"],
            text=given["attention_text"],
            until=given["attention_until"],
            by=request.user,
        ),
        CUSTOMER_CHANGED,
        title=_("Attention flag: %(client)s") % {"client": customer.name},
        said=_("The flag is set"),
        otherwise=f"/?customer={pk}",
    )


@require_http_methods(["GET", "POST"])
@needs("customers.change_counterparty")
def edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """Who the client is; what somebody else has changed meanwhile is chosen between."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = CounterpartyForm(request.POST or None, instance=customer)
    return windows.edit(
        request,
        form,
        counterparties.edit,
        CUSTOMER_CHANGED,
        row=customer,
        history=lambda: queries.changes_of(customer),
        title=_("Client: %(name)s") % {"name": customer.name},
        said=form.with_doubts(_("The client is changed")),
        otherwise=f"/?customer={pk}",
    )


@require_POST
@needs("customers.view_counterparty")
def find(request: HtmxRequest) -> HttpResponse:
    """Clients to choose one of, while their name or phone is being typed."""
    typed = request.POST.get("client", "").replace("\0", "").strip()
    found = queries.clients_like(typed) if len(typed) >= ENOUGH_TO_FIND else Looked()
    return screen(request, "customers/found.html", {"found": found}, parts={"found": "found"})


@require_POST
@needs("customers.view_counterparty")
def doubt(request: HtmxRequest) -> HttpResponse:
    """What looks wrong about the field that is being typed."""
    return windows.hint(request, DOUBTS)
