"""Calls, made and explained."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import CALL_CHANGED, EVENTS_CHANGED, ask, done
from armclients.kit.typing import HtmxRequest
from customers.actions import calls
from customers.forms import CallerForm
from customers.models import Call
from customers.telephony import dialling


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def caller(request: HtmxRequest, pk: int) -> HttpResponse:
    """«Кто звонит?»: which of the people who share the number it is."""
    call = get_object_or_404(Call, pk=pk)
    form = CallerForm(request.POST or None, call=call)
    if not form.is_valid():
        return ask(request, form, title=_("Who is calling?"), submit=_("It is them"))
    client = form.cleaned_data["client"]
    calls.identify(call, client, by=request.user)
    said = _("The call is of %(client)s") % {"client": client.name}
    return done(request, CALL_CHANGED, EVENTS_CHANGED, said=said)


@require_POST
@needs("customers.add_event")
def dial(request: HtmxRequest) -> HttpResponse:
    """The PBX rings the user's telephone, then the number; a refusal is a sentence."""
    try:
        dialling.connect(request.user.phone_line, request.POST.get("number", ""), at=clock.now())
    except dialling.CannotDial as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
