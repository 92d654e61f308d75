"""Documents are made on the screen, from each other and as copies; their facts are changed."""

import uuid
from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions import writing
from orders.actions.states import change_state
from orders.models import Document, WorkOrder
from tests import make
from tests.orders.test_lines import sent_by
from tests.workstation.writers import one_during_the_other
from vehicles.models import OdometerReading

pytestmark = pytest.mark.django_db
KINDS = ["repair_request", "estimate", "customer_order", "work_order", "sale", "invoice"]


@pytest.fixture
def zubkov():
    make.branch()
    return make.zubkov()


@pytest.fixture
def car(zubkov):
    return zubkov.ownerships.get().vehicle


def new(customer, kind, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/customers/{customer.pk}/documents/new/{kind}/?{asked}"


class TestNew:
    @pytest.mark.parametrize("kind", KINDS)
    def test_any_kind_with_client_and_car_filled_in(self, htmx, anna, zubkov, car, kind):
        address = new(zubkov, kind, car=car.pk)
        sent = sent_by(htmx.get(address))

        answer = htmx.post(address, sent)

        made = Document.objects.exclude(state="").get(kind=kind)
        assert answer["HX-Redirect"] == f"/documents/{made.pk}/"
        assert (made.counterparty, made.vehicle, made.author) == (zubkov, car, anna)
        assert made.date == make.TODAY

    def test_the_only_car_is_chosen_already(self, htmx, zubkov, car):
        assert sent_by(htmx.get(new(zubkov, "work_order")))["vehicle"] == str(car.pk)

    def test_sent_twice_is_one_document(self, web, zubkov):
        sent = sent_by(web.get(new(zubkov, "work_order")))

        for _time in range(2):
            answer = web.post(new(zubkov, "work_order"), sent)

        made = WorkOrder.objects.get()
        assert answer["Location"] == f"/documents/{made.pk}/"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"vehicle": "999999"},
            {"mileage_km": "99999999999"},
            {"planned_handover_at": "вчера"},
            {"key": "нет"},
            {"master": "x"},
        ],
    )
    def test_nonsense_is_said_at_its_field(self, htmx, zubkov, wrong):
        sent = sent_by(htmx.get(new(zubkov, "work_order")))

        answer = htmx.post(new(zubkov, "work_order"), sent | wrong)

        assert answer.status_code == 422
        assert not WorkOrder.objects.exists()

    def test_what_is_not_known_is_not_there(self, web, zubkov):
        assert web.get(new(zubkov, "cheque")).status_code == 404
        assert web.get(new(zubkov, "sale", base=999999)).status_code == 404
        foreign = make.work_order()
        assert web.get(new(zubkov, "sale", base=foreign.pk)).status_code == 404

    def test_without_a_branch_one_is_told(self, web):
        client = make.client()
        sent = sent_by(web.get(new(client, "sale")))

        assert web.post(new(client, "sale"), sent).status_code == 422

    def test_from_another_with_its_lines_and_both_lead_to_each_other(self, htmx, zubkov, car):
        estimate = make.estimate(zubkov, vehicle=car, state="accepted")
        make.work(estimate, "Замена колодок", price=1200)
        make.goods(estimate, price=300, quantity=2)
        address = new(zubkov, "work_order", base=estimate.pk)

        htmx.post(address, sent_by(htmx.get(address)))

        order = WorkOrder.objects.get()
        assert order.base_id == estimate.pk
        assert order.total == Decimal(1800)
        assert f"/documents/{order.pk}/" in htmx.get(estimate.url).content.decode()
        assert f"/documents/{estimate.pk}/" in htmx.get(order.url).content.decode()

    def test_takes_what_was_put_off_of_its_own_car_only(self, anna, zubkov, car):
        own, other = make.deferred(car), make.deferred(make.vehicle(), "Чужая")
        given = {"branch": make.branch(), "customer": zubkov, "vehicle": car}

        made = writing.create(
            "work_order",
            key=uuid.uuid4(),
            put_off=[own.pk, other.pk],
            by=anna,
            on=make.TODAY,
            **given,
        )

        own.refresh_from_db()
        other.refresh_from_db()
        assert own.done_by_id == made.pk
        assert other.done_by is None
        assert [line.name for line in made.works.all()] == ["Замена колодок"]

    def test_from_a_booking_with_its_reason_and_repair_kind(self, htmx, zubkov, car):
        booking = make.request(
            zubkov, vehicle=car, reason="Стучит", repair_kind=make.repair_kind("Подвеска")
        )
        address = new(zubkov, "work_order", base=booking.pk)

        sent = sent_by(htmx.get(address))
        htmx.post(address, sent | {"comment": "Стучит"})

        order = WorkOrder.objects.get()
        assert order.repair_kind.name == "Подвеска"
        assert sent["vehicle"] == str(car.pk)

    def test_a_copy_has_the_lines_and_belongs_to_nothing(self, htmx, zubkov, car):
        sold = make.sale(zubkov, vehicle=car, payer=make.client())
        make.goods(sold, price=700, discount_percent=10)
        address = new(zubkov, "sale", like=sold.pk)

        htmx.post(address, sent_by(htmx.get(address)))

        copy = Document.objects.exclude(pk=sold.pk).get(kind="sale")
        assert (copy.base, copy.total, copy.payer) == (None, 630, sold.payer)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_is_one_document():
    anna, client, branch = make.user("anna", role="advisor"), make.client(), make.branch()
    key, made = uuid.uuid4(), []

    def write() -> None:
        given = {"branch": branch, "customer": client, "by": anna, "on": make.TODAY}
        made.append(writing.create("work_order", key=key, vehicle=None, **given).pk)

    one_during_the_other(write, write)

    assert len(set(made)) == 1
    assert WorkOrder.objects.count() == 1


class TestFacts:
    @pytest.fixture
    def order(self, zubkov, car):
        return make.work_order(zubkov, vehicle=car)

    def facts(self, document):
        return f"/documents/{document.pk}/facts/"

    def test_are_changed_in_a_window(self, htmx, order, gleb):
        sent = sent_by(htmx.get(self.facts(order)))
        earlier = make.work_order(order.counterparty, vehicle=order.vehicle, date=make.day(-40))

        answer = htmx.post(
            self.facts(order),
            sent
            | {
                "master": gleb.pk,
                "mileage_km": "120500",
                "planned_handover_at": "2041-03-13T18:00",
                "extra_work_policy": "within",
                "extra_work_limit": "5000",
                "original": earlier.pk,
            },
        )

        order.refresh_from_db()
        assert answer.status_code == 204
        assert (order.master, order.original_id, order.extra_work_limit) == (gleb, earlier.pk, 5000)
        assert order.planned_handover_at == make.at(18, days=1)
        reading = OdometerReading.objects.get(vehicle=order.vehicle)
        assert (reading.km, reading.document_id) == (120500, order.pk)

    def test_a_mileage_that_runs_back_is_asked_about(self, htmx, order):
        make.odometer(order.vehicle, 130_000, taken_on=make.day(-10))
        sent = sent_by(htmx.get(self.facts(order))) | {"mileage_km": "13000"}

        asked = htmx.post(self.facts(order), sent)
        kept = htmx.post(self.facts(order), sent | {"is_sure": "on"})

        assert asked.status_code == 422
        assert 'type="checkbox" name="is_sure"' in asked.content.decode()
        assert kept.status_code == 204

    def test_so_is_that_of_a_new_order(self, htmx, zubkov, car):
        make.odometer(car, 130_000, taken_on=make.day(-10))
        sent = sent_by(htmx.get(new(zubkov, "work_order"))) | {"mileage_km": "13000"}

        asked = htmx.post(new(zubkov, "work_order"), sent)
        kept = htmx.post(new(zubkov, "work_order"), sent | {"is_sure": "on"})

        assert asked.status_code == 422
        assert kept["HX-Redirect"] == WorkOrder.objects.get().url

    def test_every_promise_is_kept(self, htmx, order):
        for hour in (12, 15, 18):
            sent = sent_by(htmx.get(self.facts(order)))
            sent["planned_handover_at"] = f"2041-03-13T{hour}:00"
            htmx.post(self.facts(order), sent)

        shown = htmx.get(order.url).content.decode()

        assert "13.03.2041 18:00" in shown
        assert "13.03 12:00, 13.03 15:00" in shown

    def test_of_two_people_the_second_is_told(self, htmx, client_of, dina, order):
        mine = sent_by(htmx.get(self.facts(order)))
        theirs = client_of(dina)
        theirs.post(
            self.facts(order), sent_by(theirs.get(self.facts(order))) | {"comment": "Дождаться"}
        )

        told = htmx.post(self.facts(order), mine | {"comment": "Не ждать"})

        order.refresh_from_db()
        assert told.status_code == 422
        assert "Гордеева Д. П." in told.content.decode()
        assert order.comment == "Дождаться"

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_has_some(self, htmx, zubkov, kind):
        address = new(zubkov, kind)
        htmx.post(address, sent_by(htmx.get(address)))
        document = Document.objects.exclude(state="").get(kind=kind)

        answer = htmx.post(
            self.facts(document), sent_by(htmx.get(self.facts(document))) | {"comment": "Срочно"}
        )

        document.refresh_from_db()
        assert answer.status_code == 204
        assert document.comment == "Срочно"

    def test_of_a_closed_order_stay(self, htmx, order):
        sent = sent_by(htmx.get(self.facts(order)))
        Document.objects.filter(pk=order.pk).update(state="closed")

        answer = htmx.post(self.facts(order), sent | {"comment": "Поздно"})

        assert answer.status_code == 422
        order.refresh_from_db()
        assert order.comment == ""


class TestPayer:
    def test_is_somebody_else(self, htmx, zubkov):
        order, firm = make.work_order(zubkov), make.m_parts()

        answer = htmx.post(f"/documents/{order.pk}/payer/", {"client": "М Партс"})

        order.refresh_from_db()
        assert answer.status_code == 204
        assert order.payer == firm

    def test_stays_once_something_is_paid(self, anna, zubkov):
        order = make.work_order(zubkov)
        make.work(order, price=100)
        make.payment(order, 50)

        with pytest.raises(RefusedError):
            writing.name_payer(order.pk, payer=make.client(), by=anna)


class TestDates:
    def test_follow_the_states(self, anna, dina):
        order = make.work_order(state="request")
        ways = ["in_progress", "waiting", "in_progress", "completed"]

        state = "request"
        for to in ways:
            change_state(order.pk, seen=state, to=to, by=anna)
            state = to

        order.refresh_from_db()
        assert order.started_at <= order.completed_at
        change_state(order.pk, seen="completed", to="closed", by=dina)
        done = order.completed_at
        order.refresh_from_db()
        assert order.completed_at == done

    def test_rework_is_not_completed_any_more(self, anna):
        order = make.work_order(state="in_progress")
        change_state(order.pk, seen="in_progress", to="completed", by=anna)

        change_state(order.pk, seen="completed", to="in_progress", by=anna)

        order.refresh_from_db()
        assert order.completed_at is None
        assert order.started_at is not None


class TestHandOver:
    def test_to_whom_and_when(self, htmx, zubkov):
        order = make.work_order(zubkov, state="completed")
        address = f"/documents/{order.pk}/hand-over/"
        sent = sent_by(htmx.get(address))

        answer = htmx.post(address, sent | {"to": "Зубкова Мария"})

        order.refresh_from_db()
        assert answer.status_code == 204
        assert order.handed_over_to == "Зубкова Мария"
        assert "Зубкова Мария" in htmx.get(order.url).content.decode()

    def test_not_before_the_work_is_done_nor_in_the_future(self, htmx):
        order, done = make.work_order(), make.work_order(state="completed")

        early = htmx.post(
            f"/documents/{order.pk}/hand-over/", {"to": "Он", "at": "2041-03-12T10:00"}
        )
        future = htmx.post(
            f"/documents/{done.pk}/hand-over/", {"to": "Он", "at": "2041-03-13T10:00"}
        )

        assert (early.status_code, future.status_code) == (422, 422)


class TestTab:
    @pytest.fixture
    def several(self, zubkov):
        make.work_order(zubkov, date=make.day(-30))
        make.work_order(zubkov, date=make.day(-3))
        make.estimate(zubkov, date=make.day(-2))

    def shown(self, client, customer, **query):
        answer = client.get(f"/customers/{customer.pk}/documents/", query)
        return answer.content.decode().count("data-document=")

    def test_is_narrowed_by_kind_and_period(self, web, zubkov, several):
        assert self.shown(web, zubkov) == 4
        assert self.shown(web, zubkov, of_kind="work_order") == 2
        since = f"{make.day(-5):%Y-%m-%d}"
        assert self.shown(web, zubkov, of_kind="work_order", since=since) == 1
        assert self.shown(web, zubkov, since=since, until=f"{make.day(-3):%Y-%m-%d}") == 1
        assert self.shown(web, zubkov, of_kind="нет", since="2041-99-99", until="x") == 4

    def test_offers_what_one_may_make(self, web, client_of, gleb, zubkov):
        address = f"/customers/{zubkov.pk}/documents/"

        advisors = web.get(address).content.decode()
        masters = client_of(gleb).get(address).content.decode()

        assert "documents/new/invoice/" in advisors
        assert "documents/new/work_order/" in masters
        assert "documents/new/invoice/" not in masters
