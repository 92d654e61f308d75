"""Calls, made and explained."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import CALL_CHANGED, EVENTS_CHANGED, screen
from armclients.kit.typing import HtmxRequest
from customers import call_queries as queries
from customers.actions import calls
from customers.forms import CallerForm
from customers.models import Call
from customers.queries import open_card
from customers.telephony import dialling


@require_safe
@needs("customers.view_call")
def mine(request: HtmxRequest) -> HttpResponse:
    """The calls on the user's line, whoever they were with."""
    page = queries.mine(request.user, after=request.GET.get("after"))
    return screen(
        request, "customers/calls.html", {"page": page}, parts={"calls": "calls", "more": "rows"}
    )


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def caller(request: HtmxRequest, pk: int) -> HttpResponse:
    """«Кто звонит?»: which of the people who have the number it is, or was."""
    call = get_object_or_404(Call.objects.select_related("event"), pk=pk)
    said_to_be = call.event.counterparty_id if call.event else None
    form = CallerForm(request.POST or None, call=call, initial={"client": said_to_be})
    return windows.write(
        request,
        form,
        lambda client: calls.identify(pk, client, by=request.user),
        CALL_CHANGED,
        EVENTS_CHANGED,
        title=_who(call),
        said=_("The caller is known"),
        submit=_("It is them"),
        about="" if form.is_of_somebody else _("Nobody has this number yet."),
        otherwise="/calls/",
        below="customers/caller_more.html",
        call=call,
    )


@require_safe
@needs("customers.hear_recording")
def recording(request: HtmxRequest, pk: int) -> HttpResponse:
    """On to the recording at the PBX; whose it is, is written down as any opening of a client."""
    call = get_object_or_404(queries.recorded(), pk=pk)
    if call.event and call.event.counterparty_id:
        open_card(call.event.counterparty_id, by=request.user, why="recording")
    return HttpResponseRedirect(call.recording_url)


@require_POST
@needs("customers.add_event")
def dial(request: HtmxRequest) -> HttpResponse:
    """The PBX rings the user's telephone, then the number; a refusal is a sentence."""
    try:
        dialling.connect(request.user.phone_line, request.POST.get("number", ""), at=clock.now())
    except dialling.CannotDial as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _who(call: Call) -> str:
    if not call.is_incoming:
        return _("Who was called?")
    return _("Who called?") if call.is_over else _("Who is calling?")
