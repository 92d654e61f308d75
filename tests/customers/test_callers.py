"""Who was at the other end, said once the call is over; and the recording of it."""

import pytest

from customers.actions import calls
from customers.models import AccessLogEntry, Call, Counterparty
from tests import make
from tests.customers import pbx
from tests.workstation.writers import one_during_the_other

RECORDING = "https://pbx.example.com/1"


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.fixture
def anna(anna):
    anna.phone_line = "101"
    anna.save()
    return anna


@pytest.fixture
def family(anna):
    ivan, maria = make.client("Зубков Иван"), make.client("Зубкова Мария")
    for one in (ivan, maria):
        make.contact(one, pbx.NUMBER)
    return ivan, maria


def hear(call: Call) -> Call:
    Call.objects.filter(pk=call.pk).update(recording_url=RECORDING)
    return call


class TestWhoCalled:
    def test_is_asked_in_the_feeds_of_all_who_share_the_number(self, family, web):
        call = pbx.say("c1", "ringing", "answered", "ended")

        for one in family:
            page = web.get(f"/?customer={one.pk}&tab=events").content.decode()
            assert f'data-event="{call.event_id}"' in page
            assert f'href="/calls/{call.pk}/caller/"' in page

    def test_costs_the_feed_one_statement(self, family, htmx, statements):
        pbx.say("c1", "ringing", "answered", "ended")

        with statements(at_most=6):  # two of them open the client
            htmx.get(f"/customers/{family[0].pk}/events/", target="panel")

    def test_is_no_longer_asked_of_the_others_once_it_is_known(self, family, web):
        ivan, maria = family
        call = pbx.say("c1", "ringing", "answered", "ended")

        web.post(f"/calls/{call.pk}/caller/", {"client": maria.pk})

        mark = f'data-event="{call.event_id}"'
        assert mark in web.get(f"/customers/{maria.pk}/events/").content.decode()
        assert mark not in web.get(f"/customers/{ivan.pk}/events/").content.decode()

    def test_is_corrected(self, family, web, dina):
        ivan, maria = family
        Counterparty.objects.filter(pk=maria.pk).update(manager=dina)
        call = pbx.say("c1", "ringing", "missed")
        web.post(f"/calls/{call.pk}/caller/", {"client": ivan.pk})
        call.event.vehicle = make.vehicle(ivan)
        call.event.save()

        page = web.get(f"/calls/{call.pk}/caller/").content.decode()
        web.post(f"/calls/{call.pk}/caller/", {"client": maria.pk})

        call.event.refresh_from_db()
        assert f'value="{ivan.pk}" required checked' in page.replace(' id="ask-client_0"', "")
        assert call.event.counterparty == maria
        assert (call.event.vehicle, call.event.manager) == (None, dina)

    def test_may_be_somebody_who_was_given_the_number_since(self, anna, web):
        call = pbx.say("c1", "ringing", "answered", "ended")
        late = make.client("Поздний")

        assert web.post(f"/calls/{call.pk}/caller/", {"client": late.pk}).status_code == 422
        make.contact(late, pbx.NUMBER)
        web.post(f"/calls/{call.pk}/caller/", {"client": late.pk})

        call.event.refresh_from_db()
        assert (call.event.counterparty, call.event.subject) == (late, "")

    def test_may_be_a_new_client(self, anna, web):
        call = pbx.say("c1", "ringing", "answered", "ended")
        page = web.get(f"/calls/{call.pk}/caller/").content.decode()
        assert f'href="/customers/new/?phone=%2B79084944434&amp;call={call.pk}"' in page

        sent = {"name": "Новый", "phone": pbx.NUMBER, "legal_form": "person", "kind": "buyer"}
        web.post(f"/customers/new/?call={call.pk}", sent)

        call.event.refresh_from_db()
        assert call.event.counterparty == Counterparty.objects.get(name="Новый")

    @pytest.mark.parametrize("call", ["", "x", "123456789"])
    def test_of_a_call_that_is_not_there_is_nobody(self, web, call):
        sent = {"name": "Новый", "phone": pbx.NUMBER, "legal_form": "person", "kind": "buyer"}

        assert web.post(f"/customers/new/?call={call}", sent).status_code == 302

    def test_of_another_number_is_not_the_new_client(self, anna, web):
        call = pbx.say("c1", "ringing", "answered", "ended")

        sent = {"name": "Новый", "phone": "+7 900 1112233", "legal_form": "person", "kind": "buyer"}
        web.post(f"/customers/new/?call={call.pk}", sent)

        call.event.refresh_from_db()
        assert call.event.counterparty is None


class TestMine:
    def test_are_listed_whoever_they_were_with(self, family, web, boris):
        known = pbx.say("c1", "ringing", "answered", "ended")
        calls.identify(known.pk, family[0], by=boris)
        stranger = pbx.say("c2", "ringing", "missed", number="+7 900 1112233")
        other = make.call(user=boris)

        page = web.get("/calls/").content.decode()

        assert f'data-call="{known.pk}"' in page
        assert f'data-call="{stranger.pk}"' in page
        assert f'data-call="{other.pk}"' not in page
        assert 'href="/calls/"' in web.get("/tasks/").content.decode()

    def test_cost_the_same_for_many(self, anna, htmx, statements):
        for number in range(60):
            make.call(user=anna, number=f"+7 900 {number:07}")

        with statements(at_most=2):
            page = htmx.get("/calls/", target="calls").content.decode()

        assert page.count("data-call=") == 50
        assert 'rel="next"' in page


class TestRecording:
    def test_is_heard_by_who_may_and_that_is_written_down(self, family, web):
        call = hear(pbx.say("c1", "ringing", "answered", "ended"))
        calls.identify(call.pk, family[0], by=call.user)

        page = web.get(f"/customers/{family[0].pk}/events/").content.decode()
        answer = web.get(f"/calls/{call.pk}/recording/")

        link = f'href="/calls/{call.pk}/recording/" target="_blank" rel="noopener noreferrer"'
        assert link in page
        assert RECORDING not in page
        assert answer["Location"] == RECORDING
        assert AccessLogEntry.objects.latest("pk").why == "recording"

    def test_is_not_heard_by_others(self, family, client_of, gleb):
        call = hear(pbx.say("c1", "ringing", "answered", "ended"))
        browser = client_of(gleb)

        page = browser.get(f"/customers/{family[0].pk}/events/").content.decode()

        assert f'data-event="{call.event_id}"' in page
        assert "/recording/" not in page
        assert browser.get(f"/calls/{call.pk}/recording/").status_code == 403

    def test_that_the_pbx_did_not_keep_is_not_there(self, anna, web):
        call = pbx.say("c1", "ringing", "answered", "ended")

        assert "/recording/" not in web.get("/calls/").content.decode()
        assert web.get(f"/calls/{call.pk}/recording/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_late_word_of_the_pbx_does_not_take_the_caller_back():
    ivan, maria = make.client("Иван"), make.client("Мария")
    for one in (ivan, maria):
        make.contact(one, pbx.NUMBER)
    call, by = pbx.say("c1", "ringing", "answered", "ended"), make.user()

    one_during_the_other(
        lambda: calls.identify(call.pk, maria, by=by),
        lambda: pbx.say("c1", "recording", after=9),
    )

    call.refresh_from_db()
    assert call.event.counterparty == maria
    assert list(call.counterparties.all()) == [maria]
