"""What is done with events: registered, processed, handed over, put off, opened again."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.actions.known import hold
from customers.models import Counterparty, Event


@dataclass(frozen=True)
class Step:
    """What is to be done next, by when and by whom."""

    subject: str
    due_at: datetime.datetime
    manager: Any


@transaction.atomic
def register(
    customer: Counterparty,
    *,
    kind: str,
    result: str,
    text: str,
    vehicle_id: int | None,
    step: Step | None,
    by: Any,
    at: datetime.datetime,
    subject: str = "",
) -> Event:
    """A word with the client is written down, and what is to be done next with it.

    Raises RefusedError when the client was anonymised meanwhile.
    """
    hold(customer.pk)
    said = Event.objects.create(
        kind=kind,
        counterparty=customer,
        vehicle_id=vehicle_id,
        subject=subject,
        text=text,
        result=result,
        author=by,
        manager=by,
        occurred_at=at,
        processed_at=at,
        processed_by=by,
    )
    _plan(step, after=said, by=by, at=at)
    return said


@transaction.atomic
def process(
    event: Event, *, result: str, step: Step | None, by: Any, at: datetime.datetime
) -> None:
    """Done, with this result. Raises RefusedError when somebody was first."""
    if step and event.counterparty_id:
        hold(event.counterparty_id)
    locked = _unprocessed(event)
    locked.result, locked.processed_at, locked.processed_by = result, at, by
    locked.save(update_fields=["result", "processed_at", "processed_by"])
    _plan(step, after=locked, by=by, at=at)


@transaction.atomic
def hand_over(event: Event, *, to: Any, word: str, by: Any) -> None:
    """A colleague answers for it, and reads why. Raises RefusedError when it is done already."""
    locked = _unprocessed(event)
    if locked.manager_id == to.pk:
        raise RefusedError(_("%(who)s is responsible already.") % {"who": to.short_name})
    locked.manager = to
    locked.text = _with_line(locked.text, f"{by.short_name} → {to.short_name}", word)
    locked.save(update_fields=["manager", "text"])


@transaction.atomic
def postpone(event: Event, *, due_at: datetime.datetime) -> None:
    """It is due later. Raises RefusedError when it is done already."""
    locked = _unprocessed(event)
    locked.due_at = due_at
    locked.save(update_fields=["due_at"])


@transaction.atomic
def reopen(event: Event, *, why: str, by: Any) -> None:
    """It waits again; the result it had is a line of its text.

    Raises RefusedError when it waits already.
    """
    locked = _locked(event)
    if locked.is_new:
        raise RefusedError(_("It is open already."))
    locked.text = _with_line(locked.text, locked.result, f"{by.short_name}: {why}")
    locked.result, locked.processed_at, locked.processed_by = "", None, None
    locked.save(update_fields=["text", "result", "processed_at", "processed_by"])


def _locked(event: Event) -> Event:
    # Alone: what is joined would be as it was before the wait for the lock.
    locked = Event.objects.select_for_update().filter(pk=event.pk).first()
    if locked is None:
        raise RefusedError(_("This event is no longer there."))
    return locked


def _unprocessed(event: Event) -> Event:
    locked = _locked(event)
    if locked.processed_at is None:
        return locked
    facts = {
        "who": locked.processed_by.short_name if locked.processed_by else "—",
        "at": f"{locked.processed_at.astimezone(timezone.get_current_timezone()):%d.%m.%Y %H:%M}",
        "result": locked.result or "—",
    }
    raise RefusedError(_("Already processed by %(who)s on %(at)s: %(result)s") % facts)


def _plan(step: Step | None, *, after: Event, by: Any, at: datetime.datetime) -> None:
    """The next thing to do, about the same client, car and document."""
    if step:
        Event.objects.create(
            kind=Event.Kind.TASK,
            counterparty_id=after.counterparty_id,
            vehicle_id=after.vehicle_id,
            document_id=after.document_id,
            subject=step.subject,
            author=by,
            manager=step.manager,
            occurred_at=at,
            due_at=step.due_at,
        )


def _with_line(text: str, *parts: str) -> str:
    """The text, and beneath it what was said now."""
    line = " · ".join(filter(None, parts))
    return f"{text}\n{line}" if text else line
