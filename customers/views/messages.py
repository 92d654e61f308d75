"""The doors of messages that are open to the world: reports of providers, and «no more»."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import clock
from armclients.kit.access import open_to_all
from customers import queries
from customers.actions import messages
from customers.messaging import optout, outbox
from customers.messaging.providers import UnsignedError, sms
from customers.models import Counterparty, Event

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
@open_to_all
def sms_report(request: HttpRequest, provider: str) -> HttpResponse:
    """What the SMS gateway reports is written down, if it is the gateway that says it."""
    gateway = sms()
    if gateway.name != provider or not gateway.answer:
        raise Http404
    try:
        found = gateway.parse(request.POST)
    except UnsignedError:
        logger.warning("A report that %s did not sign was refused.", provider)
        return HttpResponse(_("The signature is wrong."), status=403)
    outbox.take_in(found, gateway, at=clock.now())
    return HttpResponse(gateway.answer, content_type="text/plain")


@csrf_exempt  # the link itself is the proof, and mail programs press its button for the reader
@require_http_methods(["GET", "POST"])
@open_to_all
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The client whose link it is gets no more advertising, once they press the button."""
    named = optout.LINKS.pk_of(token)
    customer = get_object_or_404(Counterparty, pk=named and (queries.survivor_of(named) or named))
    if request.method == "POST":
        messages.opt_out(customer, kind=Event.Kind.WEB, at=clock.now())
    return render(request, "unsubscribe.html", {"is_done": request.method == "POST"})
