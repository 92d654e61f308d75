"""What is done with calls: heard of, and said whose they were."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit import push
from armclients.kit.htmx import CALL_CHANGED, EVENTS_CHANGED
from armclients.kit.refusals import RefusedError
from customers import call_queries
from customers.actions.known import still_known
from customers.models import Call, Counterparty, Event
from customers.telephony.resolve import clients_with
from customers.telephony.story import What, Word, in_order, told_by

MOST_WORDS = 50  # of one call; a PBX that says more repeats itself

# What people do not write of a call: the PBX may know better later.
OF_THE_PBX = {"kind", "occurred_at", "author", "processed_at", "processed_by"}


@transaction.atomic
def hear(provider: str, word: Word) -> None:
    """The call shows all that was said of it so far; what was said before changes nothing.

    The first word makes the call, whichever it is; the ended call is an event of the log.
    """
    call = _locked(provider, word)
    words = [Word.read(word.call, told) for told in call.said]
    if word in words or len(words) >= MOST_WORDS:
        return
    words = in_order([*words, word])
    former_number, former_user = call.number, call.user_id
    story = told_by(words)
    for name, fact in story.facts().items():
        setattr(call, name, fact)
    call.said = [each.written() for each in words]
    people = _people({*story.ringing_lines, story.line})
    call.user = people.get(story.line)
    callers = _callers(call, is_news=call.number != former_number)
    if call.is_over and not (call.event and word.what == What.RECORDING):
        call.event = _logged(call, callers)
    call.save()
    push.tell(CALL_CHANGED, [former_user, *(person.pk for person in people.values())])


@transaction.atomic
def identify(pk: int, client: Counterparty, *, by: Any) -> None:
    """It is this client who called, of all who have the number; the log says so too, also where
    it said that it was somebody else.

    Raises RefusedError when the client does not have the number.
    """
    call = Call.objects.select_for_update().get(pk=pk)
    if not call_queries.may_be(call).filter(pk=client.pk).exists():
        raise RefusedError(_("This client does not have the number of the call."), field="client")
    call.counterparties.set([client])
    if call.event_id and call.is_over:
        _claimed(call.event_id, call.number, client)
    push.tell(CALL_CHANGED, [by.pk, call.user_id])


def _claimed(key: int, number: str, client: Counterparty) -> None:
    """The event of the call is this client's; what still waits, waits for who looks after them."""
    event = Event.objects.select_for_update().get(pk=key)
    if event.counterparty_id != client.pk:
        event.counterparty, event.vehicle_id, event.document_id = client, None, None
        if event.is_new and client.manager:
            event.manager = client.manager
    if event.subject == number:
        event.subject = ""
    event.save()
    push.tell(EVENTS_CHANGED, [event.manager_id])


def _locked(provider: str, word: Word) -> Call:
    """The call's row, made by whoever comes first, and ours until the end of the transaction."""
    first = Call(
        provider=provider,
        external_id=word.call,
        direction=Call.Direction.IN,
        state=Call.State.RINGING,
        started_at=word.at,
    )
    Call.objects.bulk_create([first], ignore_conflicts=True)
    # Its event is read after, apart: beside a row that had to be waited for, a join still shows
    # what was there before the wait.
    return Call.objects.select_for_update().get(provider=provider, external_id=word.call)


def _people(lines: set[str]) -> dict[str, Any]:
    """Whose lines they are; of several users of one line, the one who was here first."""
    users = get_user_model().objects.filter(phone_line__in=lines - {""}, is_active=True)
    return {user.phone_line: user for user in users.order_by("-pk")}


def _callers(call: Call, *, is_news: bool) -> list[Counterparty]:
    """Who may be at the other end; once it is one, it is asked no more."""
    known = list(call.counterparties.select_related("manager"))
    if known and not is_news:
        return known
    found = still_known(clients_with(call.number))
    if {client.pk for client in known} == set(found):
        return known
    call.counterparties.set(found)
    return list(call.counterparties.select_related("manager"))


def _logged(call: Call, callers: list[Counterparty]) -> Event:
    """The event of an ended call, as much as is known of it; what people wrote stays."""
    told = _as_event(call, callers)
    event = call.event
    if event is None:
        event = Event.objects.create(**told)
        push.tell(EVENTS_CHANGED, [event.manager_id])
        return event
    is_another = event.kind != told["kind"]
    for name, fact in told.items():
        if (fact and name in OF_THE_PBX) or not getattr(event, name):
            setattr(event, name, fact)
    if is_another:
        # It was answered after all: nobody has to call back.
        event.manager = told["manager"]
    if event.counterparty_id and event.subject == call.number:
        event.subject = ""
    event.save()
    push.tell(EVENTS_CHANGED, [event.manager_id])
    return event


def _as_event(call: Call, callers: list[Counterparty]) -> dict[str, Any]:
    caller = callers[0] if len(callers) == 1 else None
    is_answered = call.state == Call.State.ENDED
    is_to_be_returned = call.is_incoming and not is_answered
    responsible = (caller and caller.manager) or call.user
    kind = Event.Kind.CALL_IN if call.is_incoming else Event.Kind.CALL_OUT
    return {
        "kind": Event.Kind.CALL_MISSED if is_to_be_returned else kind,
        "counterparty": caller,
        # The number is needed to call back, and stands nowhere else.
        "subject": "" if caller else call.number,
        "result": "" if is_answered or call.is_incoming else _("No answer"),
        "author": None if is_to_be_returned else call.user,
        "manager": responsible if is_to_be_returned else None,
        "occurred_at": call.started_at,
        "processed_at": None if is_to_be_returned else call.ended_at,
        "processed_by": None if is_to_be_returned else call.user,
    }
