"""Gateways that answer without an end, or in another form than they promised."""

import pytest

from customers.messaging import outbox
from customers.messaging.providers import http
from tests import make


@pytest.fixture
def client(db):
    return make.zubkov()


@pytest.mark.parametrize("pieces", [1, 300_000])
def test_an_answer_without_an_end_is_cut_and_asked_about(client, smsc, monkeypatch, pieces):
    monkeypatch.setattr(http, "WHOLE", 0.3 if pieces == 1 else 30)
    message = make.message(client)
    smsc.mood, smsc.pieces = "trickle", pieces

    outbox.attend(message.pk)

    message.refresh_from_db()
    assert (message.state, len(smsc.taken)) == ("sending", 1)


@pytest.mark.parametrize(
    "said", ["[]", "null", '"OK"', "{}", '{"id": null}', '{"error_code": "x"}', '{"id": [1]}']
)
def test_an_answer_of_another_form_is_no_failure_of_ours(client, smsc, said):
    message = make.message(client)
    smsc.mood = said

    outbox.attend(message.pk)

    message.refresh_from_db()
    assert message.state in {"sending", "sent", "queued", "failed"}
