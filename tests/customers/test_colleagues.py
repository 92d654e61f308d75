"""Who is made responsible: chosen by name, however many work here."""

import pytest

from customers.models import Event
from tests import make

NAMES = ("Титова Ольга Сергеевна", "Титов Олег Павлович", "Соколова Нина Ильинична")


@pytest.fixture
def shop(anna):
    """Anna's branch of three, and two hundred people elsewhere."""
    here, there = make.branch(), make.branch("Склад", prefix="СКЛ")
    make.workplace(anna, here)
    near = [make.user(role="advisor", full_name=name) for name in NAMES]
    for person in near:
        make.workplace(person, here)
    for number in range(200):
        far = make.user(f"far{number}", role="advisor", full_name=f"Дальний Иван {number:03}")
        make.workplace(far, there)
    return near


def tab(web) -> str:
    return web.get(f"/customers/{make.client().pk}/contact/").content.decode()


def plan(web, name: str):
    client = make.client()
    sent = {"kind": "call_in", "step": "Позвонить", "when": "tomorrow", "manager": name}
    return web.post(f"/customers/{client.pk}/contact/register/", sent)


class TestOffers:
    def test_those_of_the_branch_and_no_more(self, web, shop):
        page = tab(web)

        for name in NAMES:
            assert page.count(f'<option value="{name}">') == 1
        assert "Дальний" not in page
        assert 'list="register-manager_offered"' in page
        assert 'placeholder="Белова А. И."' in page

    def test_the_tab_weighs_the_same_however_many_work_here(self, web, anna):
        make.workplace(anna, make.branch())
        few = len(tab(web))
        for number in range(60):
            make.user(f"far{number}", role="advisor", full_name=f"Дальний Иван {number:03}")

        assert abs(len(tab(web)) - few) < 100

    @pytest.mark.parametrize(
        ("typed", "found"),
        [("дальн 199", ["Дальний Иван 199"]), ("нин", [NAMES[2]]), ("far7", None), ("", [])],
    )
    def test_the_rest_while_one_types(self, htmx, shop, typed, found):
        page = htmx.post("/tasks/colleagues/", {"to": typed}, trigger_name="to").content.decode()

        assert page.count("<option") == (11 if found is None else len(found))
        for name in found or ():
            assert f'value="{name}"' in page

    @pytest.mark.parametrize("typed", ["\0", "%", "_", "x" * 1000])
    def test_nobody_for_nonsense(self, htmx, shop, typed):
        answer = htmx.post("/tasks/colleagues/", {"to": typed}, trigger_name="to")

        assert answer.status_code == 200
        assert "<option" not in answer.content.decode()


class TestChoice:
    @pytest.mark.parametrize(
        "typed", [NAMES[0], NAMES[0].lower(), "титова", "ольга титова", " Титова О "]
    )
    def test_by_as_much_of_the_name_as_fits_nobody_else(self, web, shop, typed):
        plan(web, typed)

        assert Event.objects.get(kind="task").manager == shop[0]

    def test_by_log_in(self, web, shop):
        plan(web, "FAR150")

        assert Event.objects.get(kind="task").manager.username == "far150"

    def test_of_nothing_is_oneself(self, web, shop, anna):
        plan(web, "")

        assert Event.objects.get(kind="task").manager == anna

    @pytest.mark.parametrize(
        ("typed", "word"), [("титов", "Титова Ольга Сергеевна ("), ("никто", "так не зовут")]
    )
    def test_that_is_not_one_is_refused_at_its_field(self, htmx, shop, typed, word):
        answer = plan(htmx, typed)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="register-manager_error"' in page
        assert word in page
        assert f'value="{typed}"' in page
        assert not Event.objects.exists()

    def test_in_the_window_that_hands_over(self, web, shop):
        event = make.event(make.client(), kind="task", processed_at=None)

        web.post(f"/events/{event.pk}/hand-over/", {"to": "соколова"})

        event.refresh_from_db()
        assert event.manager == shop[2]
