"""«Список обзвона»: who is due, whom one may call, and what each call came to."""

import pytest
from django.db import connection

from armclients.call_list import actions, building
from armclients.call_list.actions import Call, Outcome
from armclients.kit.refusals import RefusedError
from armclients.models import CallTarget
from customers.models import Consent, Event
from tests import hotel, make
from tests.contract import page
from tests.workstation.writers import one_during_the_other
from vehicles.models import ServiceInterval


def agreed(client, **facts) -> Consent:
    given = {"purpose": "advertising", "given_at": make.at(9, days=-900)} | facts
    return Consent.objects.create(counterparty=client, **given)


def served(days: int, *, name: str = "", **facts):
    """A client whose car was served so many days ago."""
    client = make.client(name, **facts)
    car = make.vehicle(client)
    make.work_order(client, vehicle=car, date=make.day(-days), state="closed")
    return client, car


def build() -> None:
    # Tests that really commit leave no row of what refers to makes.
    ServiceInterval.objects.get_or_create(make=None, defaults={"km": 10_000, "months": 12})
    building.build(today=make.TODAY)


@pytest.fixture
def due(db) -> CallTarget:
    """Somebody who may be called, because a year has passed."""
    client, _car = served(370, name="Зубков Алексей")
    make.contact(client, "+7 (908) 494-44-34", is_primary=True)
    agreed(client)
    build()
    return CallTarget.objects.get()


def shown(answer) -> list[int]:
    return [int(row["data-call"]) for row in page.parse(answer).all(data_call=True)]


class TestBuilding:
    @pytest.fixture(autouse=True)
    def database(self, db):
        pass

    @pytest.mark.parametrize(
        ("days", "why"),
        [(340, None), (355, "date"), (700, "date"), (760, "absent"), (2100, None)],
    )
    def test_by_date_a_year_after_the_last_work_order(self, days, why):
        served(days)

        build()

        assert [target.why for target in CallTarget.objects.all()] == ([why] if why else [])

    def test_by_mileage_when_it_comes_first(self):
        _client, car = served(200)
        make.odometer(car, 50_000, taken_on=make.day(-200))
        make.odometer(car, 55_000, taken_on=make.day(-100))

        build()

        target = CallTarget.objects.get()
        assert (target.why, target.km_per_day, target.forecast_km) == ("mileage", 50, 60_000)
        assert target.due_on == make.TODAY

    @pytest.mark.parametrize("second", [50_000, 49_000, 50_050])
    def test_no_forecast_where_the_mileage_says_nothing(self, second):
        _client, car = served(200)
        make.odometer(car, 50_000, taken_on=make.day(-200))
        make.odometer(car, second, taken_on=make.day(-100))

        build()

        assert not CallTarget.objects.exists()

    def test_by_the_interval_of_the_make(self):
        _client, car = served(200)
        ServiceInterval.objects.create(make=car.model.make, months=6)

        build()

        assert CallTarget.objects.get().vehicle == car

    def test_leaves_out_former_owners_suppliers_and_whoever_is_not_served(self):
        _client, sold = served(370)
        sold.ownerships.update(until=make.day(-10))
        served(370, kind="supplier")
        served(370, attention="stop")

        build()

        assert set(CallTarget.objects.values_list("why", flat=True)) <= {"absent"}
        assert CallTarget.objects.filter(customer__kind="supplier").count() == 0
        assert CallTarget.objects.filter(customer__attention="stop").count() == 0

    @pytest.mark.parametrize(
        ("facts", "is_due"),
        [
            ({"due_on": make.day(10)}, True),
            ({"due_on": make.day(40)}, False),
            ({"noted_at": make.at(9, days=-20)}, True),
            ({"noted_at": make.at(9)}, False),
            ({"noted_at": make.at(9, days=-900)}, False),
            ({"due_on": make.TODAY, "dropped_at": make.NOW, "why": "нет"}, False),
        ],
    )
    def test_by_what_was_put_off(self, facts, is_due):
        _client, car = served(60)
        make.deferred(car, **facts)
        make.deferred(car, "Ещё", due_on=make.day(400))

        build()

        found = [(target.vehicle, target.why) for target in CallTarget.objects.all()]
        assert found == ([(car, "put_off")] if is_due else [])

    def test_not_by_what_was_done_since(self):
        _client, car = served(60)
        make.deferred(car, due_on=make.TODAY, done_by=make.work_order(vehicle=car, state="closed"))

        build()

        assert not CallTarget.objects.exists()

    def test_once_for_service_and_what_was_put_off(self):
        _client, car = served(370)
        make.deferred(car, due_on=make.TODAY)

        build()

        assert CallTarget.objects.get().why == "date"

    def test_again_changes_nothing_and_forgets_no_call(self, due, anna):
        actions.record(due, Call(Outcome.ANSWERED), by=anna, at=make.NOW, today=make.TODAY)
        before = CallTarget.objects.values().get()

        build()

        assert CallTarget.objects.values().get() == before

    def test_whoever_came_meanwhile_is_off_the_list(self, due):
        make.work_order(due.customer, vehicle=due.vehicle, state="closed")

        build()

        assert not CallTarget.objects.exists()


class TestConsent:
    def test_nobody_is_invited_without_one(self, web):
        client, _car = served(370)
        make.contact(client, "+7 (908) 494-44-34", is_primary=True)
        agreed(make.client())
        agreed(client, purpose="processing")
        build()

        listed = web.get("/call-list/")
        apart = web.get("/call-list/?silent=on")

        assert shown(listed) == []
        assert len(shown(apart)) == 1
        assert "494-44-34" not in apart.content.decode()
        assert not page.parse(apart).all("button", name="outcome")

    def test_a_withdrawal_counts_at_once(self, web, anna, due):
        Consent.objects.update(withdrawn_at=make.NOW)

        with pytest.raises(RefusedError):
            actions.record(due, Call(Outcome.ANSWERED), by=anna, at=make.NOW, today=make.TODAY)

        assert shown(web.get("/call-list/")) == []
        assert not Event.objects.exists()


class TestOverdueTires:
    def test_are_called_about_without_a_consent_to_advertising(self, web, htmx, db):
        client, _car = served(760)
        hotel.tires(client, until=make.day(-9))
        hotel.tires(client, until=make.day(-3))
        hotel.tires(make.client(), until=make.day(3))
        build()
        target = CallTarget.objects.get()

        listed = web.get("/call-list/?why=storage")
        answer = htmx.post(f"/call-list/{target.pk}/record/", {"outcome": "answered"})

        assert (target.customer, target.why, target.due_on) == (client, "storage", make.day(-9))
        assert shown(listed) == [target.pk]
        assert answer.status_code == 204


class TestList:
    def test_says_whom_why_and_how_to_reach_them(self, web, due):
        listed = web.get("/call-list/")

        row = page.parse(listed).one(data_call=str(due.pk))
        assert "Зубков Алексей" in row.text
        assert "+7 (908) 494-44-34" in row.text
        assert row.all("a")[0]["href"] == f"/?customer={due.customer_id}&car={due.vehicle_id}"

    def test_phones_are_masked_for_whoever_may_not_see_them(self, client_of, gleb, due):
        assert "494-44-34" not in client_of(gleb).get("/call-list/").content.decode()

    def test_whoever_is_booked_or_in_service_is_left_in_peace(self, web, due):
        make.request(due.customer, slot=make.at(10, days=1))

        assert shown(web.get("/call-list/")) == []

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("why=service", {"served"}),
            ("why=absent", {"absent"}),
            ("why=put_off", {"waiting"}),
            ("mine=on", {"absent"}),
            ("why=x&after=y", {"served", "absent", "waiting"}),
        ],
    )
    def test_is_narrowed(self, web, anna, query, names):
        waiting, car = served(60)
        make.deferred(car, due_on=make.TODAY)
        clients = {"served": served(370)[0], "absent": served(900, manager=anna)[0]}
        clients["waiting"] = waiting
        for client in clients.values():
            agreed(client)
        build()

        found = CallTarget.objects.filter(pk__in=shown(web.get(f"/call-list/?{query}")))

        assert {target.customer for target in found} == {clients[name] for name in names}

    def test_sixty_come_as_fifty_and_ten_for_one_statement(self, htmx, statements):
        for number in range(60):
            agreed(served(360 + number // 2)[0])
        build()

        with statements(at_most=1):
            first = htmx.get("/call-list/", target="calls")
        second = htmx.get(page.parse(first).one("a", rel="next")["href"], target="more")

        assert (len(shown(first)), len(shown(second))) == (50, 10)
        assert len({*shown(first), *shown(second)}) == 60

    @pytest.mark.parametrize("silent", ["", "&silent=on"])
    def test_is_read_by_an_index(self, anna, silent):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM armclients_calltarget WHERE may_advertise = %s"
                " ORDER BY due_on DESC, id DESC LIMIT 51",
                [not silent],
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())

        assert "calltarget_due_idx" in plan
        assert "Sort" not in plan


class TestCall:
    def test_is_an_event_of_the_client_who_then_rests(self, htmx, web, anna, due):
        answer = htmx.post(f"/call-list/{due.pk}/record/", {"outcome": "no_answer"})

        event = Event.objects.get()
        assert (event.kind, event.author, event.vehicle) == ("call_out", anna, due.vehicle)
        assert event.result == "Не дозвонились"
        assert not event.is_new
        assert answer.status_code == 204
        assert "events-changed" in answer["HX-Trigger"]
        assert shown(web.get("/call-list/")) == []

    @pytest.mark.parametrize(
        ("outcome", "days"), [("no_answer", 1), ("answered", 30), ("booked", 60), ("refused", 180)]
    )
    def test_comes_again_after_some_days(self, htmx, due, outcome, days):
        htmx.post(f"/call-list/{due.pk}/record/", {"outcome": outcome})

        due.refresh_from_db()
        assert due.rests_until == make.day(days)
        assert due.rests(make.day(days - 1))
        assert not due.rests(make.day(days))

    def test_later_wants_a_day_and_is_a_task_of_that_day(self, htmx, anna, due):
        asked = htmx.post(f"/call-list/{due.pk}/record/", {"outcome": "later"}, target="dialog")
        given = {"outcome": "later", "when": "week", "word": "в отпуске"}
        htmx.post(f"/call-list/{due.pk}/record/", given, target="dialog")

        task = Event.objects.new().get()
        assert asked.status_code == 422
        assert (task.manager, task.due_at) == (anna, make.at(10, days=7))
        assert Event.objects.exclude(pk=task.pk).get().result == "Позвонить позже: в отпуске"
        due.refresh_from_db()
        assert due.rests_until == make.day(8)

    def test_a_booked_one_leads_to_the_booking(self, htmx, due):
        answer = htmx.post(f"/call-list/{due.pk}/record/", {"outcome": "booked"})

        whom = f"customer={due.customer_id}&car={due.vehicle_id}"
        assert answer["HX-Redirect"] == f"/booking/?{whom}"

    def test_tells_the_second_who_has_called(self, htmx, boris, due):
        actions.record(due, Call(Outcome.ANSWERED), by=boris, at=make.NOW, today=make.TODAY)

        answer = htmx.post(f"/call-list/{due.pk}/record/", {"outcome": "refused"}, target="dialog")

        assert answer.status_code == 422
        assert "Орлов Б. Л." in answer.content.decode()
        assert Event.objects.count() == 1

    def test_works_without_scripts(self, web, due):
        answer = web.post(f"/call-list/{due.pk}/record/", {"outcome": "answered"})

        assert answer["Location"] == "/call-list/"

    @pytest.mark.parametrize("outcome", ["", "x", "later"])
    def test_nonsense_is_an_error_at_its_field(self, web, due, outcome):
        answer = web.post(f"/call-list/{due.pk}/record/", {"outcome": outcome, "due_at": "x"})

        assert answer.status_code == 422
        assert not Event.objects.exists()

    def test_of_nobody_is_not_found(self, web, db):
        assert web.get("/call-list/0/record/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_call_at_once_is_told(due, anna, boris):
    refusals = []

    def call(by):
        try:
            actions.record(due, Call(Outcome.ANSWERED), by=by, at=make.NOW, today=make.TODAY)
        except RefusedError as refusal:
            refusals.append(str(refusal))

    one_during_the_other(lambda: call(anna), lambda: call(boris))

    assert Event.objects.count() == 1
    assert len(refusals) == 1
    assert "Белова А. И." in refusals[0]
