"""«Настройка полей поиска»: what a user, or an administrator for a role, wants to see."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.db.models import JSONField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armclients.models import SearchLayout
from armclients.workstation.layout import PARTS, STANDARD, Layout
from tests import make
from tests.contract import page

ADDRESS, OF_ROLES = "/settings/search/", "/settings/search/roles/"


def form_of(layout: Layout = STANDARD, **changes: list[str]) -> dict[str, list[str]]:
    """What a browser sends of the form; the changes name what is ticked in a part."""
    ticked = {
        f"{slug}_shown": [place.choice.slug for place in places if place.is_shown]
        for slug, places in layout.places.items()
    }
    order = {
        slug: [place.choice.slug for place in places] for slug, places in layout.places.items()
    }
    return order | ticked | {f"{slug}_shown": shown for slug, shown in changes.items()}


def boxes(answer) -> list[str]:
    return [box["name"] for box in page.parse(answer).one("div", class_="boxes").all("input")]


def columns(answer, pane: str) -> list[str]:
    row = page.parse(answer).one(id="results").all(**{f"data_{pane}": True})[0]
    return [cell["data-field"] for cell in row.all(data_field=True)]


class TestOwn:
    def test_boxes_are_hidden_and_moved(self, web):
        sent = form_of(boxes=["reserved", "mine"])
        sent["boxes"] = ["reserved", *sent["boxes"]]

        web.post(ADDRESS, sent | {"save": ""})

        assert boxes(web.get("/")) == ["reserved", "mine"]

    def test_a_hidden_box_that_is_asked_for_stands_there_ticked(self, web):
        web.post(ADDRESS, form_of(boxes=["mine"]) | {"save": ""})

        form = page.parse(web.get("/?in_service=on")).one(id="search")

        assert [box["name"] for box in form.all(checked=True)] == ["in_service"]

    def test_columns_say_what_they_are_about(self, web, anna):
        client = make.client(manager=anna, attention="stop", price_type_goods=make.price_type())
        make.vehicle(client, colour="синий", plate="А123ВС77")
        shown = ["attention", "manager", "price_goods", "full_name", "visited"]

        web.post(
            ADDRESS,
            form_of(client_columns=shown, vehicle_columns=["owner", "colour", "plate"])
            | {"save": ""},
        )

        answer = web.get("/")
        row = page.parse(answer).one(data_customer=client.pk)
        assert (row.field("manager"), row.field("price_goods")) == ("Белова А. И.", "Розничная")
        assert row.field("attention") == "Не обслуживать"
        assert columns(answer, "customer") == ["name", *sorted(shown, key=order_of("client"))]
        car = page.parse(answer).one(data_vehicle=True)
        assert (car.field("owner"), car.field("colour")) == (client.name, "синий")

    def test_columns_of_a_vehicle_without_an_owner(self, web):
        make.vehicle(plate="А123ВС77", colour="синий")
        web.post(ADDRESS, form_of(vehicle_columns=["owner", "colour"]) | {"save": ""})

        car = page.parse(web.get("/?vehicle=а123")).one(data_vehicle=True)

        assert (car.field("owner"), car.field("colour")) == ("", "синий")

    def test_a_move_keeps_what_is_not_saved_yet_and_saves_nothing(self, web):
        sent = form_of(boxes=["new_events"]) | {"move": "boxes:mine:down"}

        form = page.parse(web.post(ADDRESS, sent)).one(id="layout")

        order = [field["value"] for field in form.all(name="boxes")]
        assert order[:2] == ["new_events", "mine"]
        ticked = form.all(name="boxes_shown", checked=True)
        assert [field["value"] for field in ticked] == ["new_events"]
        assert not SearchLayout.objects.exists()

    def test_one_button_brings_the_standard_back(self, web):
        web.post(ADDRESS, form_of(boxes=[]) | {"save": ""})
        web.post(ADDRESS, form_of() | {"reset": ""})

        assert boxes(web.get("/")) == [box.slug for box in STANDARD.boxes]
        assert not SearchLayout.objects.exists()

    @pytest.mark.parametrize(
        ("came_from", "led_to"),
        [("/?client=a", "/?client=a"), ("//bad.example/", "/"), ("http://[", "/"), ("", "/")],
    )
    def test_leads_back_to_the_search_it_came_from(self, web, came_from, led_to):
        answer = web.post(ADDRESS, form_of() | {"save": "", "next": came_from})

        assert answer.url == led_to

    def test_costs_no_statement(self, web, statements):
        with statements() as before:
            web.get("/")
        web.post(ADDRESS, form_of(boxes=["mine"]) | {"save": ""})

        with statements(at_most=len(before)):
            web.get("/")


class TestOfARole:
    def test_is_seen_by_whoever_has_none_of_their_own(self, egor, gleb, anna, client_of):
        master = Group.objects.get(name="master")
        sent = form_of(boxes=["in_service"]) | {"save": ""}

        client_of(egor).post(f"{OF_ROLES}?role={master.pk}", sent)

        assert boxes(client_of(gleb).get("/")) == ["in_service"]
        assert len(boxes(client_of(anna).get("/"))) == len(STANDARD.boxes)

    def test_gives_way_to_ones_own(self, egor, gleb, client_of):
        SearchLayout.objects.create(
            role=Group.objects.get(name="master"), chosen={"boxes": ["-mine"]}
        )

        client_of(gleb).post(ADDRESS, form_of(boxes=["mine"]) | {"save": ""})

        assert boxes(client_of(gleb).get("/")) == ["mine"]

    def test_of_several_the_first_by_name_counts(self, gleb, client_of):
        gleb.groups.add(Group.objects.get(name="advisor"))
        for name, box in (("master", "mine"), ("advisor", "reserved")):
            hidden = [f"-{each.slug}" for each in STANDARD.boxes if each.slug != box]
            SearchLayout.objects.create(
                role=Group.objects.get(name=name), chosen={"boxes": [box, *hidden]}
            )

        assert boxes(client_of(gleb).get("/")) == ["reserved"]

    @pytest.mark.parametrize("role", ["0", "99999", "x"])
    def test_no_such_role(self, egor, client_of, role):
        assert client_of(egor).get(OF_ROLES, {"role": role}).status_code in {200, 404}

    def test_belongs_to_a_user_or_a_role(self, anna):
        with pytest.raises(IntegrityError, match="searchlayout_of_one"):
            SearchLayout.objects.create(user=anna, role=Group.objects.first())


def order_of(pane: str):
    part = next(part for part in PARTS if part.slug == f"{pane}_columns")
    return [column.slug for column in part.choices].index


class TestNarrowed:
    @pytest.mark.parametrize(
        ("query", "sources"),
        [
            ({"client": "зубков"}, ["name"]),
            ({"client": "акционерное"}, ["full_name"]),
            ({"client": "29001234"}, ["card"]),
            ({"client": "2"}, ["card"]),
            ({"phone": "4944434"}, ["phone"]),
            ({"phone": "zubkov@"}, ["email"]),
            ({"phone": "@zub"}, ["messenger"]),
            ({"phone": "лесная"}, ["other"]),
            ({"vehicle": "nmtbm28"}, ["vin"]),
            ({"vehicle": "nze121"}, ["body"]),
            ({"vehicle": "а123вс"}, ["plate"]),
            ({"vehicle": "м777мм"}, ["former_plate"]),
        ],
    )
    def test_a_field_looks_through_what_is_ticked_alone(self, web, query, sources):
        shop()
        field = next(iter(query))
        others = [each.slug for each in part(field).choices if each.slug not in sources]

        web.post(ADDRESS, form_of(**{field: sources}) | {"save": ""})
        here = web.get("/", query)
        web.post(ADDRESS, form_of(**{field: others}) | {"save": ""})
        elsewhere = web.get("/", query)

        assert (page.total(here), page.total(elsewhere)) == ("1", "0")

    def test_marks_the_vehicle_that_an_allowed_number_found(self, web):
        owner = make.client()
        by_plate = make.vehicle(owner, plate="А777АА77")
        make.vehicle(owner, vin="NMTBM28E80R777777")

        web.post(ADDRESS, form_of(vehicle=["plate"]) | {"save": ""})

        assert page.vehicles(web.get("/?vehicle=777&buyer_only=off"))[0][0] == by_plate.pk
        matched = page.parse(web.get("/?vehicle=777")).all(data_matched=True)
        assert [row["data-vehicle"] for row in matched] == [str(by_plate.pk)]

    def test_a_vehicle_without_an_owner_is_looked_up_likewise(self, web):
        make.vehicle(plate="А777АА77")

        web.post(ADDRESS, form_of(vehicle=["vin"]) | {"save": ""})
        assert page.vehicles(web.get("/?vehicle=а777")) == []
        web.post(ADDRESS, form_of(vehicle=["plate"]) | {"save": ""})
        assert len(page.vehicles(web.get("/?vehicle=а777"))) == 1

    def test_a_field_that_looks_through_nothing_looks_through_everything(self, web):
        shop()

        web.post(ADDRESS, form_of(client=[]) | {"save": ""})

        assert page.total(web.get("/?client=зубков")) == "1"


def part(slug: str):
    return next(part for part in PARTS if part.slug == slug)


def shop() -> None:
    client = make.client("Зубков", full_name="Закрытое акционерное общество")
    make.card(client, "29001234")
    make.contact(client, "+7 (908) 494-44-34")
    make.contact(client, "zubkov@mail.ru")
    make.contact(client, "@zub", kind="telegram")
    make.contact(client, "Лесная ул., 5", kind="address")
    car = make.vehicle(client, vin="NMTBM28E80R058037", body_number="NZE121-1234567")
    make.plate_of(car, "М777ММ99", since=make.day(-20), until=make.day(-10))
    make.plate_of(car, "А123ВС77", since=make.day(-10))


slugs = st.sampled_from(
    [f"{minus}{choice.slug}" for part in PARTS for choice in part.choices for minus in ("", "-")]
)
garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | slugs,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(st.sampled_from([part.slug for part in PARTS] + ["x"]), inner)
    ),
    max_leaves=20,
)


class TestWhateverIsKept:
    @settings(max_examples=200, deadline=None, database=None)
    @given(stored=garbage)
    def test_is_read_as_a_whole_layout(self, stored):
        layout = Layout.read(stored)

        for part in PARTS:
            placed = [place.choice.slug for place in layout.places[part.slug]]
            assert sorted(placed) == sorted(choice.slug for choice in part.choices)
        assert Layout.read(layout.stored).stored == layout.stored

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(stored=garbage)
    def test_never_breaks_a_page(self, web, anna, stored):
        kept = {"chosen": Value(stored, JSONField())}
        SearchLayout.objects.update_or_create(user=anna, defaults=kept)

        for address in ("/?client=а&phone=9&vehicle=а", ADDRESS):
            assert web.get(address).status_code == 200

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(move=st.text(max_size=20) | st.sampled_from(["boxes:mine:", "boxes::up", ":", "x:y:z"]))
    def test_nonsense_moves_nothing(self, web, move):
        assert web.post(ADDRESS, form_of() | {"move": move}).status_code == 200
