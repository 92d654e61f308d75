"""The feed of a client: events and states of documents by time, what waits on top."""

import pytest

from orders.models import StateChange
from tests import make
from tests.contract import page


def change(document, at, **facts) -> StateChange:
    states = {"from_state": "in_progress", "to_state": "completed"}
    return StateChange.objects.create(document=document, at=at, **states | facts)


@pytest.fixture
def order(db):
    order = make.work_order(make.client(), number="ЦОА0000042")
    StateChange.objects.all().delete()
    return order


def feed(answer) -> list[str]:
    rows = page.parse(answer).all("li")
    return [
        f"{mark[5]}{row[mark]}"
        for row in rows
        for mark in ("data-event", "data-change")
        if mark in row.attributes
    ]


def test_states_of_documents_stand_among_the_events_by_time(htmx, order):
    client = order.counterparty
    old = make.event(client, occurred_at=make.at(8))
    done = change(order, make.at(9))
    new = make.event(client, occurred_at=make.at(10))
    change(make.work_order(), make.at(9))

    answer = htmx.get(f"/customers/{client.pk}/events/")

    assert feed(answer) == [f"e{new.pk}", f"c{done.pk}", f"e{old.pk}"]
    assert "ЦОА0000042" in answer.content.decode()
    assert "Выполнен" in answer.content.decode()


def test_what_waits_stands_on_top(htmx, order):
    client = order.counterparty
    waits = make.event(client, occurred_at=make.at(7), processed_at=None)
    done = make.event(client, occurred_at=make.at(10))

    assert feed(htmx.get(f"/customers/{client.pk}/events/")) == [f"e{waits.pk}", f"e{done.pk}"]


def test_pages_neither_lose_nor_repeat(htmx, order):
    client = order.counterparty
    made = set()
    for number in range(60):
        at = make.at(8, number // 6)
        made.add(f"c{change(order, at).pk}")
        waits = {} if number % 3 else {"processed_at": None}
        made.add(f"e{make.event(client, occurred_at=at, **waits).pk}")

    seen, address = [], f"/customers/{client.pk}/events/"
    while address:
        answer = htmx.get(address, target="more" if seen else "panel")
        seen += feed(answer)
        links = page.parse(answer).all("a", rel="next")
        address = links[0]["href"] if links else ""

    assert len(seen) == len(set(seen)) == 120
    assert set(seen) == made


class TestFilters:
    @pytest.fixture
    def rows(self, order, anna):
        client = order.counterparty
        return {
            "client": client.pk,
            "call": f"e{make.event(client, kind='call_in', author=anna).pk}",
            "visit": f"e{make.event(client, kind='visit').pk}",
            "task": f"e{make.event(client, kind='task', processed_at=None).pk}",
            "change": f"c{change(order, make.at(9), by=anna).pk}",
        }

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("kinds=calls", {"call"}),
            ("kinds=visits", {"visit"}),
            ("kinds=documents", {"change"}),
            ("only_new=on", {"task"}),
            ("my=on", {"call", "change"}),
            ("my=on&kinds=visits", set()),
            ("kinds=nonsense&after=x", {"call", "visit", "task", "change"}),
        ],
    )
    def test_narrow_the_feed(self, web, htmx, rows, query, names):
        client = rows["client"]
        for answer in (
            web.get(f"/customers/{client}/events/?{query}"),
            htmx.get(f"/customers/{client}/events/?{query}", target="panel"),
            web.get(f"/?customer={client}&tab=events&{query}"),
        ):
            assert set(feed(answer)) == {rows[name] for name in names}


def test_costs_the_same_for_one_and_for_fifty(htmx, order, statements):
    client, costs = order.counterparty, []
    for rows in (1, 50):
        for _ in range(rows):
            make.event(client, vehicle=make.vehicle(client))
            change(order, make.at(9))
        make.event(client, processed_at=None)
        with statements(at_most=5) as sql:
            htmx.get(f"/customers/{client.pk}/events/", target="panel")
        costs.append(len(sql))

    assert costs[0] == costs[1]
