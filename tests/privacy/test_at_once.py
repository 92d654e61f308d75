"""While a client is anonymised others write about them, each on a connection of their own."""

import pytest
from django.core.exceptions import ValidationError

from armclients.kit.refusals import RefusedError
from armclients.privacy import anonymising
from customers.actions import contacts, counterparties, events, messages
from customers.models import Call, Contact, Event, OutgoingMessage
from tests import make
from tests.customers import pbx
from tests.workstation.writers import at_once, one_during_the_other

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "+7 (908) 494-44-34"


@pytest.fixture
def client():
    client = make.client("Зубков")
    make.contact(client, PHONE)
    make.event(client, text="Зубков")
    return client


def anonymise(client) -> None:
    anonymising.anonymise(client.pk, by=None, at=make.NOW)


def register(client) -> None:
    given = {"kind": "call_in", "result": "", "text": "Зубков", "vehicle_id": None, "step": None}
    events.register(client, by=None, at=make.NOW, **given)


WRITES = {
    "a word with them": register,
    "a message": make.message,
    "a contact": lambda client: contacts.add(client, kind="mobile", value="+7 (908) 1"),
    "a flag": lambda client: counterparties.flag(
        client, level="stop", text="Зубков", until=None, by=None
    ),
    "another name": lambda client: counterparties.edit(
        client.pk, seen={"comment": ""}, given={"comment": "Зубков"}
    ),
}


def refused(write, client, log: list):
    """The write, which may be refused in words; never otherwise."""

    def act() -> None:
        try:
            write(client)
        except (RefusedError, ValidationError) as refusal:
            log.append(refusal)

    return act


def says_nothing(client) -> bool:
    client.refresh_from_db()
    left = (client.name, client.comment, client.attention_text)
    rows = (Event, Contact, OutgoingMessage)
    return "Зубков" not in str(left) and not any(model.objects.exists() for model in rows)


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
class TestOneWhoWrites:
    def test_before_is_forgotten_with_the_rest(self, write, client):
        log = []

        errors = one_during_the_other(refused(write, client, log), lambda: anonymise(client))

        assert (errors, log) == ((None, None), [])
        assert says_nothing(client)

    def test_meanwhile_waits_and_is_refused(self, write, client):
        log = []

        errors = one_during_the_other(lambda: anonymise(client), refused(write, client, log))

        assert errors == (None, None)
        assert len(log) == 1
        assert says_nothing(client)


def test_is_done_by_one_of_two_at_once(client):
    log = []

    at_once(refused(anonymise, client, log), refused(anonymise, client, log))

    assert len(log) == 1


def test_whoever_calls_meanwhile_is_a_stranger(client, settings):
    settings.PBX_SECRET = pbx.SECRET

    errors = one_during_the_other(
        lambda: anonymise(client), lambda: pbx.say("c1", "ringing", "answered", "ended")
    )

    assert errors == (None, None)
    call = Call.objects.get()
    assert not call.counterparties.exists()
    assert call.event.counterparty is None


def test_an_sms_that_comes_meanwhile_is_nobodys(client):
    errors = one_during_the_other(
        lambda: anonymise(client),
        lambda: messages.received("79084944434", "Зубков", at=make.NOW),
    )

    assert errors == (None, None)
    assert says_nothing(client)
