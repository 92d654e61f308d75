"""What is done with events: registered, processed, handed over, put off, opened again."""

import pytest

from armclients.kit.refusals import RefusedError
from customers.actions import events
from customers.models import ContactResult, Event
from tests import make
from tests.contract import page
from tests.workstation.writers import one_during_the_other

DONE = {"result": "Перезвонили", "step": None}


@pytest.fixture
def result(db) -> ContactResult:
    return ContactResult.objects.get(name="Согласовано")


@pytest.fixture
def task(db) -> Event:
    facts = {"kind": "task", "subject": "Уточнить срок", "processed_at": None}
    return make.event(make.client("Зубков Алексей"), due_at=make.at(10), **facts)


class TestRegisterContact:
    def test_keeps_the_word_and_plans_the_next_step(self, htmx, anna, boris, result):
        client = make.client()
        car = make.vehicle(client)
        said = {"kind": "call_out", "result": result.pk, "text": "Ждёт деталь", "vehicle": car.pk}
        step = {"step": "Сообщить о приходе", "when": "week", "manager": boris.pk}

        answer = htmx.post(f"/customers/{client.pk}/contact/register/", said | step)

        task, contact = Event.objects.order_by("-pk")
        assert (contact.kind, contact.result, contact.text) == (
            "call_out",
            "Согласовано",
            "Ждёт деталь",
        )
        assert (contact.author, contact.processed_by, contact.vehicle) == (anna, anna, car)
        assert not contact.is_new
        assert (task.subject, task.manager, task.vehicle) == ("Сообщить о приходе", boris, car)
        assert (task.due_at, task.is_new) == (make.at(10, days=7), True)
        assert answer.status_code == 204
        assert "events-changed" in answer["HX-Trigger"]

    @pytest.mark.parametrize(
        ("when", "due_at"), [("today", make.at(18)), ("tomorrow", make.at(10, days=1))]
    )
    def test_says_when_by_one_key(self, htmx, when, due_at):
        client = make.client()
        said = {"kind": "visit", "step": "Позвонить", "when": when}

        htmx.post(f"/customers/{client.pk}/contact/register/", said)

        assert Event.objects.get(kind="task").due_at == due_at

    def test_survives_the_renaming_of_a_result(self, htmx, result):
        client = make.client()
        said = {"kind": "call_in", "result": result.pk}
        htmx.post(f"/customers/{client.pk}/contact/register/", said)

        ContactResult.objects.filter(pk=result.pk).update(name="Договорились")

        assert "Согласовано" in htmx.get(f"/customers/{client.pk}/events/").content.decode()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"kind": "sms", "text": "а"}, "kind"),
            ({"kind": "call_in"}, "text"),
            ({"kind": "call_in", "text": "а\0"}, "text"),
            ({"kind": "call_in", "result": "-1"}, "result"),
            ({"kind": "call_in", "text": "а", "vehicle": "7"}, "vehicle"),
            ({"kind": "call_in", "step": "б", "when": "other"}, "due_at"),
            ({"kind": "call_in", "step": "б", "due_at": "2001-01-01T10:00"}, "due_at"),
            ({"kind": "call_in", "step": "б", "due_at": "завтра"}, "due_at"),
            ({"kind": "call_in", "text": "а", "due_at": "2050-01-01T10:00"}, "step"),
            ({"kind": "call_in", "step": "б", "manager": "nobody"}, "manager"),
            ({"kind": "call_in", "text": "я" * 10_001}, "text"),
        ],
    )
    def test_says_what_is_wrong_at_its_field_and_keeps_the_rest(self, htmx, given, field):
        client = make.client()

        answer = htmx.post(f"/customers/{client.pk}/contact/register/", given, target="register")

        form = page.parse(answer)
        assert answer.status_code == 422
        assert form.one(data_ask=field).all("p", class_="error")
        assert given.get("step", "") in answer.content.decode()
        assert not Event.objects.exists()

    def test_works_without_scripts(self, web):
        client = make.client()
        address = f"/customers/{client.pk}/contact/register/"
        shown = web.get(f"/?customer={client.pk}&tab=contact").content.decode()

        refused = web.post(address, {"kind": "call_in"})
        saved = web.post(address, {"kind": "call_in", "text": "Просил цену"})

        assert f'action="{address}"' in shown
        assert (refused.status_code, saved.status_code) == (422, 302)
        assert saved["Location"] == f"/?customer={client.pk}&tab=contact"
        assert "Просил цену" in web.get(saved["Location"]).content.decode()

    def test_offers_the_chosen_car(self, web):
        client = make.client()
        make.vehicle(client, plate="А111АА77")
        chosen = make.vehicle(client, plate="В222ВВ77")
        make.vehicle(make.client())

        shown = page.parse(web.get(f"/?customer={client.pk}&car={chosen.pk}&tab=contact"))

        offered = shown.one(id="register-vehicle").all("option")
        assert len(offered) == 3
        assert [option["value"] for option in offered if "selected" in option.attributes] == [
            str(chosen.pk)
        ]


class TestProcess:
    def test_keeps_who_when_and_with_what_result(self, htmx, anna, task, result):
        given = {"result": result.pk, "word": "завтра к девяти", "step": "Встретить"}

        answer = htmx.post(f"/events/{task.pk}/process/", given, target="dialog")

        task.refresh_from_db()
        assert answer.status_code == 204
        assert task.result == "Согласовано: завтра к девяти"
        assert (task.processed_by, task.processed_at) == (anna, make.NOW)
        assert Event.objects.new().get().counterparty == task.counterparty

    def test_wants_a_result(self, htmx, task):
        answer = htmx.post(f"/events/{task.pk}/process/", {"word": "да"}, target="dialog")

        task.refresh_from_db()
        assert answer.status_code == 422
        assert task.is_new

    def test_tells_the_second_who_was_first(self, htmx, boris, task, result):
        events.process(task, by=boris, at=make.NOW, **DONE)

        answer = htmx.post(f"/events/{task.pk}/process/", {"result": result.pk}, target="dialog")

        task.refresh_from_db()
        assert answer.status_code == 422
        assert "Орлов Б. Л." in answer.content.decode()
        assert "events-changed" in answer["HX-Trigger"]
        assert task.processed_by == boris

    def test_leads_back_without_scripts(self, web, task, result):
        shown = web.get(f"/events/{task.pk}/process/")
        answer = web.post(f"/events/{task.pk}/process/", {"result": result.pk, "next": "/tasks/"})

        assert "<!doctype html>" in shown.content.decode()
        assert answer["Location"] == "/tasks/"


class TestHandOver:
    def test_says_to_whom_and_why(self, htmx, boris, task):
        given = {"to": boris.pk, "word": "ты говорил с ним утром"}

        htmx.post(f"/events/{task.pk}/hand-over/", given, target="dialog")

        task.refresh_from_db()
        assert task.manager == boris
        assert task.text == "Белова А. И. → Орлов Б. Л. · ты говорил с ним утром"

    def test_refuses_whoever_has_it_already_and_whoever_is_gone(self, htmx, anna, boris, task):
        Event.objects.update(manager=anna)
        type(boris).objects.filter(pk=boris.pk).update(is_active=False)

        for person in (anna, boris):
            given = {"to": person.pk}
            answer = htmx.post(f"/events/{task.pk}/hand-over/", given, target="dialog")
            assert answer.status_code == 422

        task.refresh_from_db()
        assert task.manager == anna


class TestPostpone:
    def test_makes_it_due_later(self, htmx, task):
        htmx.post(f"/events/{task.pk}/postpone/", {"when": "week"}, target="dialog")

        task.refresh_from_db()
        assert task.due_at == make.at(10, days=7)

    def test_never_into_the_past(self, htmx, task):
        given = {"when": "other", "due_at": "2041-03-12T11:00"}

        answer = htmx.post(f"/events/{task.pk}/postpone/", given, target="dialog")

        assert answer.status_code == 422


class TestReopen:
    def test_waits_again_and_remembers_what_it_came_to(self, htmx, anna, task):
        events.process(task, by=anna, at=make.NOW, **DONE)

        htmx.post(f"/events/{task.pk}/reopen/", {"why": "не дождался"}, target="dialog")

        task.refresh_from_db()
        assert task.is_new
        assert task.text == "Перезвонили · Белова А. И.: не дождался"

    def test_refuses_what_waits_already(self, htmx, task):
        answer = htmx.post(f"/events/{task.pk}/reopen/", {"why": "а"}, target="dialog")

        assert answer.status_code == 422


@pytest.mark.parametrize("act", ["process", "hand-over", "postpone", "reopen"])
def test_an_event_that_is_gone_is_not_found(htmx, act):
    assert htmx.get(f"/events/{10**15}/{act}/").status_code == 404
    assert htmx.get(f"/events/{10**30}/{act}/").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_one_of_two_processes_it(self, task, anna, boris):
        refusals = []

        def process(by):
            try:
                events.process(task, by=by, at=make.NOW, **DONE)
            except RefusedError as refusal:
                refusals.append(str(refusal))

        one_during_the_other(lambda: process(anna), lambda: process(boris))

        task.refresh_from_db()
        assert task.processed_by == anna
        assert len(refusals) == 1
        assert "Белова А. И." in refusals[0]

    def test_nobody_is_handed_what_is_done(self, task, anna, boris):
        refusals = []

        def hand_over():
            try:
                events.hand_over(task, to=boris, word="", by=anna)
            except RefusedError as refusal:
                refusals.append(str(refusal))

        one_during_the_other(lambda: events.process(task, by=anna, at=make.NOW, **DONE), hand_over)

        task.refresh_from_db()
        assert task.manager is None
        assert len(refusals) == 1
