"""Calls: whatever the PBX says, in whichever order and how often, it is the same call."""

import itertools

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext

from customers.models import Call, Event
from tests import make
from tests.customers import pbx
from tests.workstation import search_rows

pytestmark = pytest.mark.django_db

OTHER = "+7 916 854-56-78"


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.fixture
def anna(anna):
    anna.phone_line = "101"
    anna.save()
    return anna


@pytest.fixture
def boris(boris):
    boris.phone_line = "102"
    boris.save()
    return boris


def state_of(model, key) -> dict:
    keys = {"id", "event", "source_id", "external_id", "counterparties"}
    row = model.objects.get(pk=key)
    return {k: v for k, v in model_to_dict(row).items() if k not in keys}


class TestAnyOrder:
    STORIES = {
        "answered": [("ringing", {}), ("answered", {}), ("ended", {}), ("recording", {})],
        "missed": [("ringing", {}), ("ringing", {"line": "102"}), ("missed", {})],
        "transferred": [
            ("ringing", {}),
            ("answered", {}),
            ("transferred", {"to": "102"}),
            ("ended", {"line": "102"}),
        ],
        "of contradictions": [("ringing", {}), ("missed", {}), ("answered", {}), ("ended", {})],
        "outgoing": [("ringing", {"direction": "out"}), ("missed", {"direction": "out"})],
        "with a late number": [
            ("ringing", {"number": ""}),
            ("answered", {"number": ""}),
            ("ended", {}),
        ],
        "with two ends": [("answered", {}), ("ended", {}), ("ended", {"line": ""})],
    }

    @pytest.mark.parametrize("story", STORIES)
    def test_gives_the_same_call_and_the_same_event(self, story, anna, boris):
        make.seed()
        words = [
            pbx.told("?", event, **{"after": after} | facts)
            | ({"recording": "https://pbx.example.com/1"} if event == "recording" else {})
            for after, (event, facts) in enumerate(self.STORIES[story])
        ]
        rows = []
        for number, order in enumerate(itertools.permutations(words)):
            for word in order:
                assert pbx.post(word | {"id": f"c{number}"}).status_code == 204
            call = Call.objects.get(external_id=f"c{number}")
            owners = sorted(call.counterparties.values_list("name", flat=True))
            rows.append((state_of(Call, call.pk), state_of(Event, call.event_id), owners))

        assert Call.objects.count() == Event.objects.count() == len(rows)
        assert all(row == rows[0] for row in rows)
        search_rows.assert_true()

    def test_repeats_change_nothing(self, anna, statements):
        pbx.say("c1", "ringing", "answered", "ended")
        before = (state_of(Call, Call.objects.get().pk), Event.objects.get())

        for _ in range(3):
            pbx.say("c1", "ringing", "answered", "ended")

        assert (state_of(Call, Call.objects.get().pk), Event.objects.get()) == before


class TestState:
    @pytest.mark.parametrize(
        ("words", "state"),
        [
            (["ringing"], "ringing"),
            (["ringing", "answered"], "answered"),
            (["ringing", "answered", "ended"], "ended"),
            (["ringing", "ended"], "ended"),
            (["ringing", "missed"], "missed"),
            (["missed"], "missed"),
        ],
    )
    def test_follows_from_what_was_said(self, words, state):
        assert pbx.say("c1", *words).state == state

    @pytest.mark.parametrize("former", ["answered", "ringing"])
    def test_never_goes_back(self, former):
        call = pbx.say("c1", "ringing", "answered", "ended")

        with pytest.raises(ProgrammingError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(state=former, ended_at=None)

    @pytest.mark.parametrize(
        "wrong", [{"ended_at": None}, {"ended_at": make.at(1)}, {"recording_url": "http://x"}]
    )
    def test_fits_its_facts(self, wrong):
        call = pbx.say("c1", "ringing", "answered", "ended")

        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**wrong)

    def test_is_of_its_provider(self):
        pbx.say("c1", "ringing")

        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.create(
                provider="generic", external_id="c1", state="ringing", started_at=make.NOW
            )


class TestLine:
    def test_is_of_whoever_has_this_telephone(self, anna, boris):
        assert pbx.say("c1", "ringing", "answered", line="102").user == boris

    def test_of_nobody_is_kept_all_the_same(self, anna):
        call = pbx.say("c1", "ringing", "missed", line="999")

        assert (call.user, call.event.manager, call.event.kind) == (None, None, "call_missed")

    def test_rings_at_several_desks_until_one_answers(self, anna, boris):
        pbx.say("c1", "ringing", line="101")
        pbx.say("c1", "ringing", line="102", after=1)
        ringing = Call.objects.under_way(make.NOW)
        assert ringing.on_the_line_of(anna).exists()
        assert ringing.on_the_line_of(boris).exists()

        pbx.say("c1", "answered", line="102", after=5)

        assert not ringing.on_the_line_of(anna).exists()
        assert ringing.on_the_line_of(boris).get().user == boris

    def test_goes_on_to_whom_it_was_transferred(self, anna, boris):
        pbx.say("c1", "ringing", "answered")

        call = pbx.say("c1", "transferred", to="102", after=9)

        assert (call.user, call.transferred_to) == (boris, "102")

    def test_that_fell_silent_is_not_under_way_for_ever(self, anna):
        pbx.say("c1", "ringing")
        pbx.say("c2", "ringing", "answered")

        later = make.at(11, 40)
        assert Call.objects.under_way(later).get().external_id == "c2"
        assert not Call.objects.under_way(make.at(15)).exists()


class TestEvent:
    def test_of_an_answered_call_is_done(self, anna):
        zubkov = make.seed()[0]

        event = pbx.say("c1", "ringing", "answered", "ended").event

        assert (event.kind, event.counterparty, event.author) == ("call_in", zubkov, anna)
        assert (event.processed_by, event.manager) == (anna, None)
        assert event.processed_at
        assert event.subject == ""

    def test_of_an_outgoing_call_is_done_even_without_an_answer(self, anna):
        event = pbx.say("c1", "ringing", "missed", direction="out").event

        assert (event.kind, event.author, event.result) == ("call_out", anna, gettext("No answer"))
        assert event.processed_at

    def test_of_a_missed_call_waits_for_the_manager_of_the_client(self, anna, dina):
        zubkov = make.seed()[0]
        zubkov.manager = dina
        zubkov.save()

        event = pbx.say("c1", "ringing", "missed").event

        assert (event.kind, event.counterparty, event.manager) == ("call_missed", zubkov, dina)
        assert event.is_new
        assert event.author is None

    def test_of_a_missed_call_waits_for_whose_line_it_was(self, anna):
        event = pbx.say("c1", "ringing", "missed").event

        assert (event.counterparty, event.manager) == (None, anna)
        assert event.subject == pbx.NUMBER

    def test_is_no_missed_call_once_an_answer_is_heard_of(self, anna, dina):
        make.seed()
        pbx.say("c1", "missed", after=9)

        event = pbx.say("c1", "answered", after=3).event

        assert (event.kind, event.manager, event.author) == ("call_in", None, anna)
        assert not event.is_new
        assert Event.objects.count() == 1

    def test_keeps_what_people_wrote(self, anna, dina):
        event = pbx.say("c1", "ringing", "answered", "ended").event
        Event.objects.filter(pk=event.pk).update(
            text="Просил счёт", result="Отправлен", manager=dina, processed_at=None
        )

        pbx.post(pbx.told("c1", "recording", after=20, recording="https://pbx.example.com/1"))

        event.refresh_from_db()
        assert (event.text, event.result, event.manager) == ("Просил счёт", "Отправлен", dina)
        assert event.is_new
        assert Call.objects.get().recording_url

    def test_of_a_client_who_is_gone_meanwhile_goes_on_without(self, anna):
        gone = make.client()
        make.contact(gone, pbx.NUMBER)
        pbx.say("c1", "ringing", "answered")
        gone.delete()

        call = pbx.say("c1", "ended", after=30)

        assert (call.event.counterparty, call.event.subject) == (None, pbx.NUMBER)

    def test_of_a_withheld_number_has_none(self, anna):
        event = pbx.say("c1", "ringing", "missed", number="").event

        assert (event.counterparty, event.subject) == (None, "")


class TestWhoIsCalling:
    @pytest.fixture
    def family(self, anna):
        ivan, maria = make.client("Зубков Иван"), make.client("Зубкова Мария")
        for one in (ivan, maria):
            make.contact(one, pbx.NUMBER)
        return ivan, maria

    def test_is_asked_of_all_who_share_the_number(self, family, htmx):
        call = pbx.say("c1", "ringing")

        page = htmx.get(f"/calls/{call.pk}/caller/", target="dialog").content.decode()

        assert "Зубков Иван" in page
        assert "Зубкова Мария" in page

    @pytest.mark.parametrize("late", [False, True])
    def test_makes_it_their_event(self, late, family, htmx):
        _ivan, maria = family
        call = pbx.say("c1", "ringing")
        if late:
            assert pbx.say("c1", "answered", "ended", after=5).event.counterparty is None

        answer = htmx.post(f"/calls/{call.pk}/caller/", {"client": maria.pk}, target="dialog")

        event = pbx.say("c1", "answered", "ended", after=5).event
        assert answer.status_code == 204
        assert "call-changed" in answer["HX-Trigger"]
        assert (event.counterparty, event.subject) == (maria, "")
        assert list(call.counterparties.all()) == [maria]

    def test_is_none_of_the_others(self, family, htmx):
        call = pbx.say("c1", "ringing")

        answer = htmx.post(
            f"/calls/{call.pk}/caller/", {"client": make.client().pk}, target="dialog"
        )

        assert answer.status_code == 422
        assert call.counterparties.count() == 2

    def test_nobody_chose_and_it_stays_without(self, family):
        event = pbx.say("c1", "ringing", "answered", "ended").event

        assert (event.counterparty, event.subject) == (None, pbx.NUMBER)

    def test_without_scripts_leads_back(self, family, web):
        ivan, _maria = family
        call = pbx.say("c1", "ringing")

        answer = web.post(f"/calls/{call.pk}/caller/", {"client": ivan.pk})

        assert answer.status_code == 302
