"""Clients, made and changed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, ask, done
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import counterparties
from customers.forms import AttentionForm


@require_http_methods(["GET", "POST"])
@needs("customers.change_counterparty")
def attention(request: HtmxRequest, pk: int) -> HttpResponse:
    """What everybody who opens the client is to be shown."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = AttentionForm(request.POST or None, instance=customer)
    card = f"/?customer={pk}"
    if not form.is_valid():
        title = _("Attention flag: %(client)s") % {"client": customer.name}
        return ask(request, form, title=title, otherwise=card)
    chosen = form.cleaned_data
    counterparties.flag(
        customer,
        level=chosen["attention"],
        text=chosen["attention_text"],
        until=chosen["attention_until"],
        by=request.user,
    )
    return done(request, CUSTOMER_CHANGED, said=_("The flag is set"), otherwise=card)
