"""The workshop's board: which card stands where, and who hears when it moves."""

import asyncio
import datetime
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction

from armclients.kit.push import CHANNEL, EVERYBODY, heard
from armclients.switchboard import Switchboard, server_of_the_product
from orders.models import Document
from tests import make
from tests.contract import page

BOARD = "/board/"
YESTERDAY, LATER = make.at(9, days=-9000), make.at(9, days=9)


def cards(answer, state):
    column = page.parse(answer).one(data_column=state)
    return [card["id"].removeprefix("card-") for card in column.all(data_card=True)]


@pytest.mark.django_db
class TestColumns:
    def test_hold_the_open_orders_the_earliest_promise_first(self, web):
        later = make.work_order(planned_handover_at=LATER)
        sooner = make.work_order(planned_handover_at=LATER - datetime.timedelta(hours=1))
        unknown = make.work_order()
        make.work_order(state="closed")

        answer = web.get(BOARD)

        assert cards(answer, "in_progress") == [f"{o.pk}" for o in (sooner, later, unknown)]
        assert cards(answer, "completed") == []

    def test_say_what_is_overdue(self, web):
        late = make.work_order(planned_handover_at=YESTERDAY)

        answer = web.get(BOARD)

        assert "просрочен" in page.parse(answer).one(id=f"card-{late.pk}").text

    def test_are_narrowed_by_master_bay_and_promise(self, web, gleb):
        make.work_order()
        of_gleb = make.work_order(master=gleb)
        late = make.work_order(planned_handover_at=YESTERDAY)
        booked = make.request(make.client(), slot=make.at(9), bay=make.bay("Яма"))
        in_bay = make.work_order(base=booked)

        for query, one in (
            (f"master={gleb.pk}", of_gleb),
            ("promised=late", late),
            (f"bay={make.bay('Яма').pk}", in_bay),
        ):
            assert cards(web.get(f"{BOARD}?{query}"), "in_progress") == [f"{one.pk}"]

    @pytest.mark.parametrize("query", ["master=x", "bay=-1", "promised=никогда", "master=9" * 40])
    def test_nonsense_narrows_nothing_or_everything_but_never_fails(self, web, query):
        make.work_order()

        assert web.get(f"{BOARD}?{query}").status_code == 200

    def test_show_only_the_branch_where_the_user_works(self, web, anna):
        make.workplace(anna, make.branch("Север", prefix="СЕВ"))
        make.work_order()
        here = make.work_order(branch=make.branch("Север"))

        assert cards(web.get(BOARD), "in_progress") == [f"{here.pk}"]

    def test_a_card_knows_where_this_user_may_send_it(self, web, client_of, boris):
        order = make.work_order()

        of_anna = page.parse(web.get(BOARD)).one(id=f"card-{order.pk}")["data-ways"].split()
        of_boris = page.parse(client_of(boris).get(BOARD)).one(id=f"card-{order.pk}")

        assert set(of_anna) == {"approval", "waiting", "parked", "completed"}
        assert of_boris["data-ways"] == ""

    def test_cost_as_many_statements_for_a_hundred_as_for_one(self, web, statements):
        for _order in range(100):
            make.work_order()

        with statements(at_most=10):
            answer = web.get(BOARD)

        assert len(cards(answer, "in_progress")) == 30
        assert "Ещё 70" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
class TestNews:
    @pytest.fixture
    def listener(self):
        with psycopg.connect(**server_of_the_product()) as told:
            told.execute(f"LISTEN {CHANNEL}")
            yield lambda: [heard(each.payload) for each in told.notifies(timeout=0.2)]

    @pytest.mark.parametrize(
        "change",
        [
            lambda order: Document.objects.filter(pk=order.pk).update(state="waiting"),
            lambda order: type(order).objects.filter(pk=order.pk).update(mileage_km=1),
            lambda _order: make.work_order(),
        ],
    )
    def test_everybody_is_told_once(self, listener, change):
        order = make.work_order()
        listener()

        with transaction.atomic():
            change(order)

        assert listener() == [(0, "board-changed")]

    def test_nobody_is_told_of_what_was_rolled_back(self, listener):
        with transaction.atomic():
            make.work_order()
            connection.set_rollback(True)

        assert listener() == []


def test_what_is_told_to_everybody_reaches_each_browser():
    async def hear():
        board = Switchboard()
        with board.connected(1) as first, board.connected(2) as second:
            board.listening.cancel()
            board.pass_on(EVERYBODY, "board-changed")
            return first.take(), second.take()

    with ThreadPoolExecutor(1) as apart:  # browser tests have a loop of their own in this thread
        heard_by = apart.submit(asyncio.run, hear()).result()

    assert heard_by == (["board-changed"], ["board-changed"])
