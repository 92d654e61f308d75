"""Searches with a name: saved, pinned to the panel, shared, set up."""

import pytest

from armclients.models import SavedSearch
from tests import make
from tests.contract import page

SAVE, SETUP = "/settings/search/save/", "/settings/search/saved/"
WAITING = {"query": "/?mine=on&awaiting_pickup=on", "name": "Мои ожидающие выдачи"}


def pinned(answer) -> dict[str, str]:
    """The saved searches on the panel and where they lead."""
    panels = page.parse(answer).all("nav", class_="pinned")
    return {link.text: link["href"] for panel in panels for link in panel.all("a")}


def saved(user, name: str = "Мой", **facts) -> SavedSearch:
    return SavedSearch.objects.create(user=user, name=name, **{"query": {"mine": "on"}} | facts)


def row(search: SavedSearch, name: str = "", *, shared: bool = False) -> dict[str, str]:
    sent = {f"saved{search.pk}-name": name or search.name}
    return sent | ({f"saved{search.pk}-is_shared": "on"} if shared else {})


class TestSaving:
    def test_pins_it_and_leads_back_to_it(self, web):
        answer = web.post(SAVE, WAITING)

        assert answer.url == "/?mine=on&awaiting_pickup=on"
        assert pinned(web.get("/")) == {WAITING["name"]: answer.url}

    def test_keeps_the_search_alone_and_nothing_foreign(self, web, anna):
        query = "http://testserver/?client=%D0%B7%D1%83%D0%B1&customer=5&tab=events&x=1&mine=on"

        web.post(SAVE, {"query": query, "name": "Зуб"})

        assert anna.saved_searches.get().query == {"client": "зуб", "mine": "on"}

    def test_the_present_one_is_marked(self, web):
        web.post(SAVE, WAITING)

        marked = page.parse(web.get("/?awaiting_pickup=on&mine=on")).one("a", aria_current=True)
        unmarked = page.parse(web.get("/?mine=on")).all("a", aria_current=True)

        assert (marked.text, unmarked) == (WAITING["name"], [])

    def test_has_the_address_that_the_search_itself_has(self, web):
        asked = "/?client=%D0%B0&phone=9&inn=77&debt=on&mine=on&awaiting_pickup=on"
        web.post(SAVE, WAITING | {"query": asked})

        answer = web.get(asked)

        results = page.parse(answer).one(id="results")
        assert list(pinned(answer).values()) == [results["data-search"]]

    def test_forgets_what_is_no_parameter_any_more(self, web, anna):
        saved(anna, query={"mine": "on", "of_old": "1"})

        assert list(pinned(web.get("/")).values()) == ["/?mine=on"]

    def test_is_offered_where_something_is_asked(self, web):
        asked = page.parse(web.get("/?client=а")).one("details", data_save=True)
        nothing = page.parse(web.get("/")).one("details", data_save=True)

        assert ("hidden" in asked, "hidden" in nothing) == (False, True)

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"name": "Мой", "query": "/?client=а"}, "уже есть"),
            ({"name": " ", "query": "/?client=а"}, "Обязательное"),
            ({"name": "Я" * 61, "query": "/?client=а"}, "60"),
            ({"name": "Новый", "query": "/"}, "Сначала"),
            ({"name": "Новый", "query": "/?x=1&customer=3"}, "Сначала"),
            ({"name": "Новый"}, "Сначала"),
        ],
    )
    def test_what_cannot_be_saved_is_said_at_the_field(self, web, htmx, anna, sent, says):
        saved(anna)

        for answer in (web.post(SAVE, sent), htmx.post(SAVE, sent, target="save-fields")):
            fields = page.parse(answer).one(id="save-fields")
            assert answer.status_code == 422
            assert fields.one("input", name="name")["aria-invalid"] == "true"
            assert says in fields.one(id="save-error").text
        assert SavedSearch.objects.count() == 1

    def test_replaces_one_of_the_same_name_after_a_tick(self, web, anna):
        saved(anna)

        refused = web.post(SAVE, {"name": "Мой", "query": "/?client=а"})
        assert page.parse(refused).has("input", name="replaces")
        web.post(SAVE, {"name": "Мой", "query": "/?client=а", "replaces": "on"})

        assert anna.saved_searches.get().query == {"client": "а"}

    def test_twenty_are_enough(self, web, anna):
        for n in range(SavedSearch.MOST):
            saved(anna, f"{n}")

        answer = web.post(SAVE, WAITING)

        assert answer.status_code == 422
        assert "уберите" in page.parse(answer).one(id="save-error").text

    def test_has_a_page_of_its_own_without_scripts(self, web):
        fields = page.parse(web.get(f"{SAVE}?next=/%3Fclient%3Dа")).one(id="save-fields")

        assert fields.one(name="query")["value"] == "/?client=а"


class TestSharing:
    def test_colleagues_of_the_branch_see_it_after_their_own(self, anna, boris, vera, client_of):
        here, there = make.branch("Центр"), make.branch("Север", prefix="СЕВ")
        for user, branch in ((anna, here), (boris, here), (vera, there)):
            make.workplace(user, branch)
        saved(anna, "Общий", is_shared=True)
        saved(anna, "Личный")
        saved(boris, "Я")

        assert list(pinned(client_of(boris).get("/"))) == ["Я", "Общий Белова А. И."]
        assert pinned(client_of(vera).get("/")) == {}

    def test_whoever_has_no_workplace_works_in_the_first_branch(self, anna, boris, client_of):
        make.workplace(anna, make.branch())
        saved(anna, "Общий", is_shared=True)

        assert list(pinned(client_of(boris).get("/"))) == ["Общий Белова А. И."]

    def test_ends_with_whoever_shared_it(self, anna, boris, client_of):
        saved(anna, is_shared=True)
        anna.is_active = False
        anna.save()

        assert pinned(client_of(boris).get("/")) == {}


class TestSettingUp:
    def test_renames_and_shares(self, web, anna):
        search = saved(anna)

        web.post(SETUP, row(search, "Наш", shared=True))

        search.refresh_from_db()
        assert (search.name, search.is_shared) == ("Наш", True)

    def test_names_can_change_places(self, web, anna):
        first, second = saved(anna, "А"), saved(anna, "Б")

        web.post(SETUP, row(first, "Б") | row(second, "А"))

        assert dict(anna.saved_searches.values_list("pk", "name")) == {
            first.pk: "Б",
            second.pk: "А",
        }

    def test_two_of_one_name_are_refused_at_the_field(self, web, anna):
        first, second = saved(anna, "А"), saved(anna, "Б")

        answer = web.post(SETUP, row(first) | row(second, "А"))

        assert answer.status_code == 422
        assert "уже есть" in page.parse(answer).one(id=f"id_saved{second.pk}-name-error").text

    def test_moves(self, web, anna):
        searches = [saved(anna, name) for name in "АБВ"]
        sent = {name: value for search in searches for name, value in row(search).items()}

        web.post(SETUP, sent | {"move": f"{searches[2].pk}:up"})
        web.post(SETUP, sent | {"move": f"{searches[0].pk}:down"})

        assert list(pinned(web.get("/"))) == ["В", "А", "Б"]

    @pytest.mark.parametrize("move", ["", "x", "0:up", "99999:down", ":"])
    def test_nonsense_moves_nothing(self, web, anna, move):
        search = saved(anna)

        assert web.post(SETUP, row(search) | {"move": move, "remove": move}).status_code == 302
        assert anna.saved_searches.count() == 1

    def test_removes(self, web, anna):
        search = saved(anna)

        web.post(SETUP, row(search) | {"remove": search.pk})

        assert not SavedSearch.objects.exists()

    def test_never_touches_those_of_others(self, web, boris):
        search = saved(boris, "Чужой", is_shared=True)

        web.post(SETUP, row(search, "Мой") | {"remove": search.pk, "move": f"{search.pk}:up"})

        search.refresh_from_db()
        assert search.name == "Чужой"


class TestCost:
    def test_one_statement_and_only_of_the_whole_page(self, web, htmx, anna, statements):
        for n in range(5):
            saved(anna, f"{n}", is_shared=True)

        with statements() as whole:
            web.get("/")
        with statements() as results:
            htmx.get("/", target="results")

        assert sum('"armclients_savedsearch"' in sql for sql in whole) == 1
        assert not any('"armclients_savedsearch"' in sql for sql in results)
