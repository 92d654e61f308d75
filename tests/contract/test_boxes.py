"""The seven boxes [seed], each with a client it shows and neighbours it does not."""

import pytest

from tests import make
from tests.contract import page


def ticked(htmx, *boxes: str, **query: str) -> list[int]:
    return page.found(htmx.get("/", query | dict.fromkeys(boxes, "on")))


class TestMine:
    @pytest.mark.parametrize("role", ["author", "manager"])
    @pytest.mark.parametrize("kind", ["event", "customer_order", "work_order", "request"])
    def test_shows_whom_the_user_has_to_do_with(self, htmx, anna, boris, kind, role):
        mine, other = make.client(), make.client()
        record = getattr(make, kind)
        record(mine, **{role: anna})
        record(other, **{role: boris})

        assert ticked(htmx, "mine") == [mine.pk]

    def test_is_not_about_whose_client_it_is_nor_who_pays(self, htmx, anna):
        make.client(manager=anna, author=anna)
        payer, customer = make.client(), make.client()
        make.work_order(customer, payer=payer, manager=anna)

        assert ticked(htmx, "mine") == [customer.pk]


class TestNewEvents:
    def test_shows_clients_with_an_event_not_processed(self, htmx):
        with_new, with_old = make.client(), make.client()
        make.event(with_new, kind="call_missed", processed_at=None)
        make.event(with_old)
        make.event(None, kind="call_missed", processed_at=None)

        assert ticked(htmx, "new_events") == [with_new.pk]


class TestOpenOrders:
    @pytest.mark.parametrize("state", ["new", "approved", "in_supply", "arrived", "issued"])
    def test_shows_clients_with_an_unfinished_order(self, htmx, state):
        order = make.customer_order(state=state)

        assert ticked(htmx, "open_orders") == [order.counterparty_id]

    def test_finished_orders_and_other_documents_do_not_count(self, htmx):
        make.customer_order(state="closed")
        make.customer_order(state="cancelled")
        make.work_order()
        make.request(make.client())

        assert ticked(htmx, "open_orders") == []


class TestReserved:
    @pytest.mark.parametrize("kind", ["customer_order", "work_order"])
    def test_shows_clients_for_whom_goods_are_held(self, htmx, kind):
        document = getattr(make, kind)()
        make.reserve(make.goods(document))
        make.goods(getattr(make, kind)())

        assert ticked(htmx, "reserved") == [document.counterparty_id]


class TestBookedToday:
    def test_shows_clients_whose_booking_starts_today(self, htmx):
        today, cancelled, tomorrow, yesterday, unplanned = (make.client() for _ in range(5))
        make.request(today, slot=make.at(0, 5))
        make.request(cancelled, slot=make.at(12), state="cancelled")
        make.request(tomorrow, slot=make.at(0, days=1))
        make.request(yesterday, slot=make.at(23, 59, days=-1), end_at=make.at(2))
        make.request(unplanned)

        assert ticked(htmx, "booked_today") == [today.pk]

    def test_today_is_where_the_branch_is(self, htmx, anna):
        vladivostok = make.branch("Владивосток", timezone="Asia/Vladivostok")
        make.workplace(anna, vladivostok)
        early, late = make.client(), make.client()
        # 22:00 in Moscow is 05:00 of the next day there.
        make.request(early, branch=vladivostok, slot=make.at(22, days=-1))
        make.request(late, branch=vladivostok, slot=make.at(22))

        assert ticked(htmx, "booked_today") == [early.pk]

    def test_a_booking_without_a_card_stands_apart_and_is_not_counted(self, htmx):
        booked = make.client("Котов")
        make.request(booked, slot=make.at(9))
        cardless = make.request(
            slot=make.at(15), customer_text="Мухин с «Нивой»", contact_phone="8 916 000-11-22"
        )
        make.request(slot=make.at(15, days=1), customer_text="Завтрашний")

        answer = htmx.get("/", {"booked_today": "on"})

        results = page.parse(answer).one(id="results")
        assert (page.found(answer), page.total(answer)) == ([booked.pk], "1")
        booking = results.one(data_booking=True)
        assert booking["data-booking"] == str(cardless.pk)
        assert "Мухин с «Нивой»" in booking.text

    @pytest.mark.parametrize("typed", ["0001122", "+79160001122", "8 (916) 000"])
    def test_a_booking_without_a_card_is_found_by_the_phone_that_was_told(self, htmx, typed):
        cardless = make.request(customer_text="Мухин", contact_phone="8 916 000-11-22")
        make.request(customer_text="Жуков", contact_phone="8 926 000-33-44")

        results = page.parse(htmx.get("/", {"phone": typed})).one(id="results")

        assert [row["data-booking"] for row in results.all(data_booking=True)] == [str(cardless.pk)]
        assert results["data-total"] == "0"


class TestInService:
    @pytest.mark.parametrize(
        "state",
        ["request", "reserved", "approval", "waiting", "parked", "completed", "closed", "refused"],
    )
    def test_shows_work_orders_in_progress_and_no_other(self, htmx, state):
        serviced = make.work_order(state="in_progress")
        make.work_order(state=state)

        assert ticked(htmx, "in_service") == [serviced.counterparty_id]


class TestAwaitingPickup:
    @pytest.mark.parametrize("state", ["in_progress", "parked", "closed", "refused"])
    def test_shows_completed_work_orders_and_no_other(self, htmx, state):
        completed = make.work_order(state="completed")
        make.work_order(state=state)

        assert ticked(htmx, "awaiting_pickup") == [completed.counterparty_id]


class TestTogether:
    def test_all_ticked_boxes_must_hold(self, htmx, anna):
        both, service, events = make.client(), make.client(), make.client()
        for client in (both, service):
            make.work_order(client)
        for client in (both, events):
            make.event(client, processed_at=None)

        assert ticked(htmx, "in_service") == [both.pk, service.pk]
        assert ticked(htmx, "in_service", "new_events") == [both.pk]
        assert ticked(htmx, "in_service", "new_events", "mine") == []

    @pytest.mark.parametrize(
        ("box", "document"),
        [
            ("booked_today", lambda **facts: make.request(slot=make.at(14), **facts)),
            ("in_service", make.work_order),
            ("awaiting_pickup", lambda **facts: make.work_order(state="completed", **facts)),
        ],
    )
    def test_a_box_about_vehicles_marks_the_one_it_matched(self, htmx, box, document):
        client = make.client()
        make.vehicle(client, plate="А111АА77")
        hit = make.vehicle(client, plate="В222ВВ77")
        document(counterparty=client, vehicle=hit)

        rows = page.parse(htmx.get("/", {box: "on"})).one(id="results").all(data_matched="true")

        assert [row["data-vehicle"] for row in rows] == [str(hit.pk)]

    @pytest.mark.parametrize("value", ["on", "1", "true"])
    def test_a_box_is_ticked_by_on(self, htmx, value):
        serviced = make.work_order()
        make.client()

        assert page.found(htmx.get("/", {"in_service": value})) == [serviced.counterparty_id]

    def test_an_empty_box_is_not_ticked(self, htmx):
        make.client()

        assert page.total(htmx.get("/", {"in_service": ""})) == "1"
