"""The door of the PBX: who gets in, what is understood, and what is answered to the rest."""

import json
import logging

import pytest
from django.test import Client

from customers.models import Call
from tests import make
from tests.customers import pbx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.mark.parametrize("provider", pbx.PROVIDERS)
class TestEveryProvider:
    def test_tells_of_a_call_from_its_ring_to_its_end(self, provider, anna):
        zubkov = make.seed()[0]
        anna.phone_line = "101"
        anna.save()

        answers = [pbx.send(provider, *sample).status_code for sample in pbx.samples(provider)]

        call = Call.objects.get()
        assert set(answers) == {204}
        assert (call.provider, call.state, call.direction) == (provider, "ended", "in")
        assert (call.normalized, call.line, call.user) == ("79084944434", "101", anna)
        assert call.started_at <= make.at(11, 30) + make.datetime.timedelta(seconds=1)
        assert 5 <= (call.answered_at - call.started_at).seconds <= 6
        assert (call.ended_at - call.answered_at).seconds == 90
        assert list(call.counterparties.all()) == [zubkov]
        assert (call.event.kind, call.event.counterparty) == ("call_in", zubkov)

    def test_is_refused_with_a_signature_of_another_secret(self, provider, caplog):
        with caplog.at_level(logging.WARNING):
            statuses = [
                pbx.send(provider, *sample, secret="other:secret").status_code
                for sample in pbx.samples(provider)
            ]

        assert set(statuses) == {403}
        assert not Call.objects.exists()
        assert "refused with 403" in caplog.text
        assert "9084944434" not in caplog.text.replace(" ", "")

    def test_is_refused_without_a_signature(self, provider):
        answer = Client().post(f"/pbx/{provider}/", b"{}", content_type="application/json")

        assert answer.status_code == 403

    def test_is_refused_while_the_shop_has_no_secret(self, provider, settings):
        settings.PBX_SECRET = ""

        statuses = {
            pbx.send(provider, *sample, secret="").status_code for sample in pbx.samples(provider)
        }

        assert statuses == {403}


class TestDoor:
    def test_does_not_know_other_pbxs(self):
        assert Client().post("/pbx/avaya/", b"{}", content_type="text/plain").status_code == 404

    def test_is_not_for_reading(self):
        assert Client().get("/pbx/generic/").status_code == 405

    def test_asks_for_no_csrf_token(self):
        strict = Client(enforce_csrf_checks=True)

        assert strict.post("/pbx/generic/", b"{}", content_type="text/plain").status_code == 403

    @pytest.mark.parametrize("size", [65 * 1024, 3 * 1024 * 1024])
    def test_takes_no_more_than_a_call_is_worth(self, size):
        answer = Client().post("/pbx/generic/", b"x" * size, content_type="text/plain")

        assert answer.status_code == 413

    @pytest.mark.parametrize("seconds", [-301, 301])
    def test_takes_nothing_that_was_recorded_and_is_played_again(self, seconds):
        stamp = str(int(make.NOW.timestamp()) + seconds)

        assert pbx.post(pbx.told(), stamp=stamp).status_code == 403

    @pytest.mark.parametrize("stamp", ["", "soon", "1e400", "nan"])
    def test_takes_nothing_of_no_time(self, stamp):
        assert pbx.post(pbx.told(), stamp=stamp).status_code == 403

    @pytest.mark.parametrize(
        "wrong",
        [
            {"event": "exploded"},
            {"at": "yesterday"},
            {"at": "2041-03-12T11:30:00"},
            {"at": "0001-01-01T00:00:00+03:00"},
            {"id": ""},
            {"id": "c" * 201},
            {"id": ["c"]},
            {"direction": "sideways"},
            {"number": "7" * 61},
            {"number": "79\u0000"},
            {"number": "\ud800"},
            {"number": {"is": "deep"}},
            {"line": True},
            {"recording": "http://pbx.example.com/1.mp3"},
            {"recording": "javascript:alert(1)"},
        ],
    )
    def test_says_that_it_does_not_understand(self, wrong):
        answer = pbx.post(pbx.told() | wrong)

        assert answer.status_code == 422
        assert answer.content
        assert not Call.objects.exists()

    @pytest.mark.parametrize("body", [[], "text", None, 1])
    def test_understands_objects_only(self, body):
        assert pbx.post(body).status_code == 422

    def test_costs_few_statements(self, statements):
        make.seed()
        pbx.say("c1", "ringing")

        with statements(at_most=16):
            pbx.post(pbx.told("c1", "answered", after=3))


class TestMango:
    @pytest.mark.parametrize("secret", ["key", "key:", ":salt"])
    def test_needs_key_and_salt(self, secret, settings):
        settings.PBX_SECRET = secret

        name, text = next(pbx.samples("mango"))

        assert pbx.send("mango", name, text, secret=secret).status_code == 403

    def test_a_call_from_desk_to_desk_is_none(self):
        name, text = next(pbx.samples("mango"))
        inside = json.loads(text) | {"from": {"extension": "102", "number": "sip:b@shop"}}

        assert pbx.send("mango", name, json.dumps(inside)).status_code == 204
        assert not Call.objects.exists()

    def test_an_outgoing_call_has_the_number_that_was_called(self):
        name, text = next(pbx.samples("mango"))
        sides = {"from": {"extension": "101"}, "to": {"number": "79161234567"}}

        pbx.send("mango", name, json.dumps(json.loads(text) | sides))

        call = Call.objects.get()
        assert (call.direction, call.number, call.line) == ("out", "79161234567", "101")

    def test_a_summary_alone_tells_of_a_missed_call(self):
        summary = json.loads(dict(pbx.samples("mango"))["summary"])

        pbx.send("mango", "summary", json.dumps(summary | {"entry_result": 0, "talk_time": 0}))

        call = Call.objects.get()
        assert (call.state, call.answered_at) == ("missed", None)
        assert call.event.kind == "call_missed"
