"""What a call of the list came to."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from armclients.kit.refusals import RefusedError
from armclients.models import CallTarget, User
from customers.actions import events
from customers.actions.events import Step
from customers.messaging import allowed
from customers.models import Event


class Outcome(TextChoices):
    ANSWERED = "answered", pgettext_lazy("call", "Answered")
    NO_ANSWER = "no_answer", gettext_lazy("No answer")
    LATER = "later", gettext_lazy("Call later")
    REFUSED = "refused", gettext_lazy("Not interested")
    BOOKED = "booked", pgettext_lazy("call", "Booked")


# So many days nobody calls again; after «later» the day is that of the task.
RESTS = {
    Outcome.ANSWERED: 30,
    Outcome.NO_ANSWER: 1,
    Outcome.REFUSED: 180,
    Outcome.BOOKED: 60,
}


@dataclass(frozen=True)
class Call:
    """What it came to, in which words, and when to call again."""

    outcome: Outcome
    word: str = ""
    again_at: datetime.datetime | None = None


@transaction.atomic
def record(
    target: CallTarget, call: Call, *, by: User, at: datetime.datetime, today: datetime.date
) -> Event:
    """The call is an event of the client, who is left in peace for a while.

    Raises RefusedError when a colleague has called meanwhile, or the consent is withdrawn.
    """
    of_client = CallTarget.objects.filter(customer=target.customer_id).order_by("pk")
    rows = list(of_client.select_for_update())
    if target.pk not in {row.pk for row in rows}:
        raise RefusedError(_("The client is not on the list any more."))
    if called := next((row for row in rows if row.rests(today)), None):
        raise RefusedError(_called_already(called))
    if not target.is_about_storage and not allowed.advertising(target.customer_id):
        raise RefusedError(
            _("There is no consent to advertising: write the call down on the client's card.")
        )
    result = ": ".join(filter(None, [str(call.outcome.label), call.word]))
    subject = _("Call list: %(why)s") % {"why": target.get_why_display()}
    step = Step(subject, call.again_at, by) if call.again_at else None
    said = events.register(
        target.customer,
        kind=Event.Kind.CALL_OUT,
        subject=subject,
        result=result,
        text="",
        vehicle_id=target.vehicle_id,
        step=step,
        by=by,
        at=at,
    )
    of_client.update(
        rests_until=_rests_until(call, today), called_by=by, called_at=at, result=result
    )
    return said


def _rests_until(call: Call, today: datetime.date) -> datetime.date:
    if call.again_at:
        return call.again_at.date() + datetime.timedelta(days=1)
    return today + datetime.timedelta(days=RESTS[call.outcome])


def _called_already(target: CallTarget) -> str:
    here = timezone.get_current_timezone()
    facts = {
        "who": target.called_by.short_name if target.called_by else "—",
        "at": f"{target.called_at.astimezone(here):%d.%m.%Y %H:%M}" if target.called_at else "—",
        "result": target.result,
    }
    return _("%(who)s has called already, %(at)s: %(result)s") % facts
