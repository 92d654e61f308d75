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
        with statements(at_most=6) as sql:
            htmx.get(f"/customers/{client.pk}/events/", target="panel")
        costs.append(len(sql))

    assert costs[0] == costs[1]


class TestAddress:
    """The filter stands in the address, which the server writes."""

    @pytest.fixture
    def client(self, db):
        return make.client()

    def narrowed(self, htmx, client, query: str, *, here: str) -> str:
        answer = htmx.get(
            f"/customers/{client.pk}/events/?{query}",
            target="panel",
            current_url=f"http://testserver{here}",
            headers={"HX-Trigger": "feed-filter"},
        )
        return answer["HX-Push-Url"]

    def test_of_the_screen_keeps_the_search_and_the_car(self, htmx, client):
        here = f"/?client=%D0%B7&mine=on&customer={client.pk}&car=7&tab=events&my=on"

        address = self.narrowed(htmx, client, "kinds=tasks&only_new=on", here=here)

        assert address == (
            f"/?client=%D0%B7&mine=on&customer={client.pk}&car=7&tab=events&kinds=tasks&only_new=on"
        )

    def test_of_the_feed_alone_is_its_own(self, htmx, client):
        own = f"/customers/{client.pk}/events/"

        assert self.narrowed(htmx, client, "my=on", here=own) == f"{own}?my=on"
        assert self.narrowed(htmx, client, "kinds=", here=f"{own}?my=on") == own

    @pytest.mark.parametrize("here", ["", "/tasks/?x=1", "//evil.example/?a=b", "/?tab=%00&car=x"])
    def test_of_nonsense_is_harmless(self, htmx, client, here):
        address = self.narrowed(htmx, client, "kinds=nonsense&my=on", here=here)

        assert address.startswith(("/?", "/customers/"))
        assert address.endswith("my=on")

    def test_opens_the_same_feed(self, web, client):
        make.event(client, kind="visit")
        task = make.event(client, kind="task")

        answer = web.get(f"/?customer={client.pk}&tab=events&kinds=tasks")

        assert feed(answer) == [f"e{task.pk}"]
        assert '<option value="tasks" selected>' in answer.content.decode()

    def test_is_not_written_where_the_feed_is_only_read_anew(self, htmx, client):
        answer = htmx.get(f"/customers/{client.pk}/events/?kinds=tasks", target="panel")

        assert "HX-Push-Url" not in answer
