"""Two cards of one client, made one; or two again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, EVENTS_CHANGED, ask
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import merges
from customers.forms import MergeForm
from customers.models import Counterparty, CustomerMerge


@require_http_methods(["GET", "POST"])
@needs("customers.add_customermerge")
def merge(request: HtmxRequest, pk: int) -> HttpResponse:
    """Another client's card goes into this one, once it was seen what goes over."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = MergeForm(request.POST or None)
    title = _("Merge into: %(client)s") % {"client": customer.name}
    about = _("All there is of the other client goes over to this card, and theirs is gone.")
    card = f"/?customer={customer.pk}"
    if form.is_valid():
        other = form.cleaned_data["client"]
        if form.cleaned_data["is_sure"] != str(other.pk):
            form.ask_whether_sure(other, _what_goes_over(other))
            return ask(request, form, title=title, about=about, submit=_("Merge"), otherwise=card)
    return windows.write(
        request,
        form,
        lambda client, reason, is_sure: merges.merge(  # noqa: ARG005 — they were asked above
            customer.pk, other=client.pk, reason=reason, by=request.user, at=clock.now()
        ),
        CUSTOMER_CHANGED,
        EVENTS_CHANGED,
        title=title,
        about=about,
        submit=_("Merge"),
        said=_("The clients are one"),
        otherwise=card,
    )


@require_http_methods(["GET", "POST"])
@needs("customers.change_customermerge")
def merge_undo(request: HtmxRequest, pk: int) -> HttpResponse:
    """The clients are two again, once the user says so."""
    merged = get_object_or_404(CustomerMerge.objects.select_related("kept"), pk=pk)
    return windows.confirm(
        request,
        lambda: merges.undo(pk, by=request.user, at=clock.now()),
        CUSTOMER_CHANGED,
        EVENTS_CHANGED,
        title=_("Undo: %(merge)s?") % {"merge": merged},
        about=_("What was written since the merge stays with %(client)s.")
        % {"client": merged.kept},
        submit=_("Undo the merge"),
        said=_("The clients are two again"),
        otherwise=f"/customers/{merged.kept_id}/log/",
    )


def _what_goes_over(other: Counterparty) -> str:
    there = queries.belonging_to(other.pk)
    words = ", ".join(f"{name} — {count}" for name, count in there) or _("nothing but the card")
    return _("Goes over from %(client)s: %(words)s. If this is right, press once more.") % {
        "client": other.name,
        "words": words,
    }
