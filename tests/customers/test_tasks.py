"""«Мои задачи»: what waits for whom, by when, and the header's count."""

import pytest

from customers.models import Event
from tests import make
from tests.contract import page


def task(manager, **facts) -> Event:
    facts = {"kind": "task", "processed_at": None, "manager": manager} | facts
    return make.event(make.client(), **facts)


def sections(answer) -> dict[str, list[str]]:
    return {
        section["data-section"]: [row["data-event"] for row in section.all(data_event=True)]
        for section in page.parse(answer).all(data_section=True)
    }


def test_sections_are_those_of_the_branch_s_day(web, anna):
    make.workplace(anna, make.branch("Омск", timezone="Asia/Omsk"))
    overdue = task(anna, due_at=make.at(10))
    today = task(anna, due_at=make.at(20, 30))
    later = task(anna, due_at=make.at(21, 30))  # past midnight in Omsk
    new = task(anna, kind="call_missed")
    task(anna, due_at=make.at(10), processed_at=make.NOW)

    shown = sections(web.get("/tasks/"))

    assert shown == {
        "overdue": [str(overdue.pk)],
        "new": [str(new.pk)],
        "today": [str(today.pk)],
        "later": [str(later.pk)],
    }


def test_each_row_leads_to_the_client(web, anna):
    made = task(anna, due_at=make.at(10))

    rows = page.parse(web.get("/tasks/")).all(data_event=True)

    assert rows[0].all("a")[0]["href"] == f"/?customer={made.counterparty_id}&tab=events"


def test_one_s_own_are_shown_and_those_of_nobody(web, anna, boris):
    task(boris, due_at=make.at(10))
    stray = make.event(None, kind="call_missed", processed_at=None)

    own, theirs = sections(web.get("/tasks/")), sections(web.get(f"/tasks/?of={boris.pk}"))
    nobody_s = sections(web.get("/tasks/?of=nobody"))

    assert not any(own.values())
    assert theirs == own
    assert nobody_s["new"] == [str(stray.pk)]


def test_managers_see_anybody_s(client_of, dina, boris):
    made = task(boris, due_at=make.at(10))

    for whose in (boris.pk, "all"):
        shown = sections(client_of(dina).get(f"/tasks/?of={whose}"))
        assert shown["overdue"] == [str(made.pk)]


@pytest.mark.parametrize("show", ["overdue", "new", "later"])
def test_sixty_come_as_fifty_and_ten(htmx, anna, show):
    due = {"overdue": make.at(10), "new": None, "later": make.at(10, days=3)}[show]
    made = [task(anna, due_at=due).pk for _ in range(60)]

    first = page.parse(htmx.get(f"/tasks/?show={show}", target="tasks"))
    second = page.parse(htmx.get(f"/tasks/{first.one('a', rel='next')['href']}", target="more"))

    seen = [int(row["data-event"]) for part in (first, second) for row in part.all(data_event=True)]
    assert sorted(seen) == made
    assert len(second.all(data_event=True)) == 10
    assert not second.all("a", rel="next")


@pytest.mark.parametrize("query", ["", "?show=overdue", "?show=new&of=all"])
def test_costs_the_same_for_one_and_for_fifty(client_of, dina, statements, query):
    make.branch()
    costs = []
    for rows in (1, 50):
        for _ in range(rows):
            task(dina, due_at=make.at(10))
            task(dina, kind="web")
        browser = client_of(dina)
        with statements(at_most=8) as sql:
            browser.get(f"/tasks/{query}")
        costs.append(len(sql))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("query", ["?show=x&of=y", "?of=0", "?show=new&after=x", "?of=%00"])
def test_nonsense_is_answered(web, query):
    assert web.get(f"/tasks/{query}").status_code == 200


def test_phones_are_masked_for_whoever_may_not_see_them(client_of, gleb):
    made = task(gleb, due_at=make.at(10))
    make.contact(made.counterparty, "+7 (908) 494-44-34", is_primary=True)

    assert "494-44-34" not in client_of(gleb).get("/tasks/").content.decode()


class TestHeader:
    def test_the_count_is_read_anew_by_itself(self, htmx, anna, statements):
        task(anna)

        with statements(at_most=1):
            link = page.parse(htmx.get("/tasks/count/", target="my-tasks")).one(id="my-tasks")

        assert link.one(class_="count").text == "1"
        assert link["hx-trigger"] == "events-changed from:body"

    def test_without_scripts_it_is_the_page(self, web):
        assert web.get("/tasks/count/")["Location"] == "/tasks/"
