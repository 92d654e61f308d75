"""What a client has agreed to: given, withdrawn, printed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, back, screen
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import privacy
from customers.forms import ConsentForm, WithdrawalForm
from customers.models import Consent
from customers.models.privacy import DOCUMENT_VERSION


@require_safe
@needs("customers.view_consent")
def consents(request: HtmxRequest, pk: int) -> HttpResponse:
    """Each purpose with what the client has said about it, the latest first."""
    customer = queries.open_card(pk, by=request.user, why="info")
    context = {
        "customer": customer,
        "purposes": queries.consents_of(customer),
        "back": back(request, f"/?customer={pk}"),
    }
    return screen(request, "customers/consents.html", context, parts={"dialog": "dialog"})


@require_http_methods(["GET", "POST"])
@needs("customers.add_consent")
def consent_give(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client agrees."""
    customer, now = queries.open_card(pk, by=request.user, why="info"), clock.now()
    purpose = _purpose(request)
    form = ConsentForm(
        request.POST or None,
        initial={
            "purpose": purpose,
            "given_at": now,
            "document": Consent.Purpose(purpose).document,
            "version": DOCUMENT_VERSION,
        },
    )
    return windows.write(
        request,
        form,
        lambda **given: privacy.give(customer, by=request.user, at=now, **given),
        CUSTOMER_CHANGED,
        title=_("Consent: %(client)s") % {"client": customer.name},
        said=_("The consent is written down"),
        otherwise=f"/?customer={pk}",
    )


@require_http_methods(["GET", "POST"])
@needs("customers.change_consent")
def consent_withdraw(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client agrees no longer."""
    customer, now = queries.open_card(pk, by=request.user, why="info"), clock.now()
    purpose = _purpose(request)
    return windows.write(
        request,
        WithdrawalForm(request.POST or None, initial={"withdrawn_at": now}),
        lambda **given: privacy.withdraw(customer, purpose=purpose, at=now, **given),
        CUSTOMER_CHANGED,
        title=_("Withdrawal: %(purpose)s") % {"purpose": Consent.Purpose(purpose).label},
        submit=_("Withdraw"),
        said=_("The consent is withdrawn"),
        otherwise=f"/?customer={pk}",
    )


@require_safe
@needs("customers.view_consent")
def consent_print(request: HtmxRequest, pk: int) -> HttpResponse:
    """The document that the client signs: a sheet of its own for each purpose [law: 152-ФЗ]."""
    customer = queries.open_card(pk, by=request.user, why="info")
    purpose = Consent.Purpose(_purpose(request))
    context = {"customer": customer, "purpose": purpose, "version": DOCUMENT_VERSION}
    return render(request, "customers/consent_print.html", context)


def _purpose(request: HtmxRequest) -> str:
    """The purpose that the address names; the first one, when it names none."""
    purpose = request.GET.get("purpose", Consent.Purpose.PROCESSING)
    if purpose not in Consent.Purpose.values:
        raise Http404
    return purpose
