"""Events, each in a window of its own: done, handed over, put off, opened again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import EVENTS_CHANGED, announce, ask, done
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import event_forms as forms
from customers import event_queries as queries
from customers.actions import events
from customers.models import Event


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def process(request: HtmxRequest, pk: int) -> HttpResponse:
    """Done: with a result and, if wanted, the next step."""

    def act(event: Event, form: forms.ProcessForm) -> None:
        events.process(event, by=request.user, at=form.now, **form.facts)

    return _asked(request, pk, forms.ProcessForm, act, title=_("Process"), said=_("Processed"))


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def hand_over(request: HtmxRequest, pk: int) -> HttpResponse:
    """A colleague answers for it from now on."""

    def act(event: Event, form: forms.HandOverForm) -> None:
        events.hand_over(event, **form.facts)

    return _asked(request, pk, forms.HandOverForm, act, title=_("Hand over"), said=_("Handed over"))


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def postpone(request: HtmxRequest, pk: int) -> HttpResponse:
    """It is due later."""

    def act(event: Event, form: forms.PostponeForm) -> None:
        events.postpone(event, **form.facts)

    return _asked(request, pk, forms.PostponeForm, act, title=_("Postpone"), said=_("Postponed"))


@require_http_methods(["GET", "POST"])
@needs("customers.change_event")
def reopen(request: HtmxRequest, pk: int) -> HttpResponse:
    """It waits again."""

    def act(event: Event, form: forms.ReopenForm) -> None:
        events.reopen(event, **form.facts)

    return _asked(request, pk, forms.ReopenForm, act, title=_("Open again"), said=_("Open again"))


def _asked(
    request: HtmxRequest,
    pk: int,
    form_class: Callable[..., Any],
    act: Callable[[Event, Any], None],
    *,
    title: str,
    said: str,
) -> HttpResponse:
    """The form, with its errors or the refusal; or that it was done."""
    event = queries.event(pk)
    home = f"/?customer={event.counterparty_id}&tab=events" if event.counterparty_id else "/tasks/"
    form = form_class(request.POST or None, by=request.user, now=clock.now())
    is_refused = False
    if form.is_valid():
        try:
            act(event, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            is_refused = True
        else:
            return done(request, EVENTS_CHANGED, said=said, otherwise=home)
    client = str(event.counterparty or "")
    about = ": ".join(filter(None, [title, str(event), client]))
    answer = ask(request, form, title=about, otherwise=home, submit=title)
    # Somebody was first: what lies under the window is out of date.
    return announce(answer, EVENTS_CHANGED) if is_refused else answer
