"""The chosen client and vehicle: tabs, panel, jumps, «Отбор покупателя»."""

import pytest

from armclients.models import JumpLink
from tests import make
from tests.contract import page

TABS = ["info", "events", "cart", "orders", "documents", "contact"]


def chosen(answer) -> tuple[str, str]:
    """Keys of the client and the vehicle that the screen shows as chosen."""
    root = page.parse(answer)
    client = [row["data-customer"] for row in root.all(data_customer=True) if "sel" in row["class"]]
    car = [row["data-vehicle"] for row in root.all(data_vehicle=True) if "sel" in row["class"]]
    return "".join(client), "".join(car)


class TestChoosing:
    def test_one_result_selects_itself(self, web):
        zubkov = make.seed()[0]
        car = zubkov.ownerships.get().vehicle

        answer = web.get("/", {"client": "зубк"})

        assert chosen(answer) == (str(zubkov.pk), str(car.pk))

    def test_of_several_none_is_chosen_until_the_address_says_so(self, web):
        ivanov = make.seed()[1]

        assert chosen(web.get("/", {"client": "ив"})) == ("", "")
        assert chosen(web.get("/", {"client": "ив", "customer": ivanov.pk})) == (str(ivanov.pk), "")

    def test_a_vehicle_brings_its_owner(self, web):
        zubkov = make.seed()[0]
        car = zubkov.ownerships.get().vehicle

        assert chosen(web.get("/", {"car": car.pk})) == (str(zubkov.pk), str(car.pk))

    def test_a_hit_by_plate_chooses_the_matched_vehicle_not_the_first(self, web):
        client = make.client()
        make.vehicle(client, plate="А111АА77")
        hit = make.vehicle(client, plate="В222ВВ77")

        assert chosen(web.get("/", {"vehicle": "в222"})) == (str(client.pk), str(hit.pk))

    def test_a_vehicle_without_an_owner_can_be_chosen(self, web):
        car = make.vehicle(vin="XTA210990Y1234567")

        answer = web.get("/", {"vehicle": "y1234567"})

        root = page.parse(answer)
        assert chosen(answer) == ("", str(car.pk))
        assert "XTA210990Y1234567" in root.one(id="panel").text
        assert not root.has(data_tab=True)

    def test_a_client_who_is_gone_is_said_to_be_gone(self, web):
        make.client()

        for query in ({"customer": 999_999}, {"car": 999_999}):
            answer = web.get("/", query)
            assert answer.status_code == 200
            assert page.parse(answer).has(class_="note warn")

    def test_a_page_of_results_may_be_empty_and_the_chosen_stays(self, web):
        zubkov = make.zubkov()

        answer = web.get("/", {"client": "нетникого", "customer": zubkov.pk})

        assert page.found(answer) == []
        assert "+7 (908) 494-44-34" in page.parse(answer).one(id="panel").text


class TestBuyerOnly:
    def test_on_shows_all_vehicles_of_the_client_and_marks_the_hit(self, web):
        client = make.client()
        other = make.vehicle(client, plate="А111АА77")
        hit = make.vehicle(client, plate="В222ВВ77")
        make.vehicle(make.client(), plate="В222ХХ77")

        answer = web.get("/", {"vehicle": "в222", "customer": client.pk})

        results = page.parse(answer).one(id="results")
        assert {pk for pk, _owner in page.vehicles(answer)} == {other.pk, hit.pk}
        assert [row["data-vehicle"] for row in results.all(data_matched="true")] == [str(hit.pk)]

    def test_off_shows_every_vehicle_that_matches(self, web):
        client = make.client()
        make.vehicle(client, plate="А111АА77")
        hit = make.vehicle(client, plate="В222ВВ77")
        another = make.vehicle(make.client(), plate="В222ХХ77")

        answer = web.get("/", {"vehicle": "в222", "customer": client.pk, "buyer_only": "off"})

        assert {pk for pk, _owner in page.vehicles(answer)} == {hit.pk, another.pk}


class TestTabs:
    def test_are_six_and_count_what_is_unfinished(self, web, anna):
        client = make.client()
        make.event(client, processed_at=None)
        make.event(client, kind="task", processed_at=None)
        make.event(client)
        make.cart(client, lines=3)
        make.cart(client, lines=2, state="abandoned")
        make.customer_order(client)
        make.customer_order(client, state="closed")
        make.work_order(client)

        tabs = page.tabs(web.get("/", {"customer": client.pk}))

        assert list(tabs) == TABS
        assert tabs["events"].endswith("(2)")
        assert tabs["cart"].endswith("(3)")
        assert tabs["orders"].endswith("(1)")
        assert tabs["documents"].endswith("(3)")
        assert "(" not in tabs["info"] + tabs["contact"]

    def test_say_none_where_there_is_none(self, web):
        tabs = page.tabs(web.get("/", {"customer": make.client().pk}))

        assert tabs["cart"] == "Корзина (Нет)"
        assert tabs["orders"] == "Заказы (Нет)"
        assert tabs["events"] == "События (Нет)"
        assert tabs["info"] == "Информация"
        assert tabs["documents"].startswith("Документы покупателя")
        assert tabs["contact"] == "Регистрация контакта с клиентом"

    @pytest.mark.parametrize("slug", TABS)
    def test_each_opens_in_the_panel_by_its_address(self, web, slug):
        client = make.client()
        first = page.parse(web.get("/", {"client": client.name}))

        opened = page.parse(web.get(first.one(data_tab=slug)["href"]))

        assert opened.has(id="panel")
        assert opened.one(data_tab=slug)["aria-current"] == "page"
        assert opened.one("form", id="search").one(name="client")["value"] == client.name

    @pytest.mark.parametrize("slug", ["nonsense", "", "INFO", "<b>"])
    def test_nonsense_opens_the_first(self, web, slug):
        root = page.parse(web.get("/", {"customer": make.client().pk, "tab": slug}))

        assert root.one(data_tab="info")["aria-current"] == "page"

    def test_without_a_client_there_are_none(self, web):
        make.seed()

        assert page.tabs(web.get("/")) == {}


class TestCard:
    """What the advisor sees while the phone still rings."""

    def test_unfinished_documents_of_all_vehicles_come_first(self, web, gleb):
        client = make.client()
        car = make.vehicle(client, plate="А111АА77")
        order = make.work_order(
            client, vehicle=car, master=gleb, planned_handover_at=make.at(10), number="ЦОА0000101"
        )
        make.work(order, price=1500)
        goods = make.customer_order(client, number="ЦОА0000102", expected_on=make.day(-1))
        booking = make.request(client, slot=make.at(9, days=2), number="ЦОА0000103")
        make.work_order(client, state="closed")
        make.request(client, state="", operation="plan")

        panel = page.parse(web.get("/", {"customer": client.pk})).one(id="panel")

        rows = panel.one(id="unfinished").one("tbody").all("tr")
        assert [row.all("a")[0].text for row in rows] == [
            document.number for document in (goods, order, booking)
        ]
        shown = rows[1].text
        assert all(part in shown for part in ("ЦОА0000101", "А111АА77", "Котов Г. Ю.", "1 500,00"))
        assert "просрочено" in shown

    def test_the_client_s_facts(self, web, gleb, dina):
        client = make.client(
            manager=dina,
            price_type_goods=make.price_type(),
            inn="7712334545",
            attention="warning",
            attention_text="Просит не звонить",
        )
        make.card(client, "2900000001", percent_goods=5, percent_works=5)
        order = make.work_order(client, master=gleb)
        make.work(order, price=12_450)
        make.payment(order, 450)

        root = page.parse(web.get("/", {"customer": client.pk}))

        facts = root.one(id="client-facts").text
        assert root.one(data_field="debt").text == "12 000,00 ₽"
        for said in ("Розничная", "2900000001", "Котов Г. Ю. (1)", "Гордеева Д. П.", "7712334545"):
            assert said in facts
        assert "Просит не звонить" in root.text

    def test_the_history_of_the_vehicle(self, web):
        zubkov = make.zubkov()

        history = page.parse(web.get("/", {"customer": zubkov.pk})).one(id="history")

        row = history.one("tbody").one("tr")
        assert row.all("td")[0].text == "План ремонта"
        assert "ЦОА0000001" in row.text
        assert "20.10.2020" in row.text
        assert not row.has(data_state=True)


class TestJumps:
    def test_only_those_that_are_on_and_have_a_target_are_shown(self, web):
        jumps = page.parse(web.get("/")).all(data_jump=True)

        targeted = JumpLink.objects.filter(is_on=True).exclude(target="").order_by("position")
        assert [jump["data-jump"] for jump in jumps] == [link.slug for link in targeted]

    def test_writing_a_work_order_and_the_seed_s_six_ship_with_the_product(self, db):
        slugs = list(JumpLink.objects.order_by("position").values_list("slug", flat=True))
        seed = ["cart", "tire-hotel", "estimate", "booking", "visit", "oem-catalog"]

        assert slugs[0] == "work-order"
        assert [slug for slug in slugs if slug in seed] == seed

    def test_without_its_context_a_button_is_off_and_says_why(self, web):
        cart = page.parse(web.get("/")).one(data_jump="cart")

        assert cart["aria-disabled"] == "true"
        assert cart["title"]
        assert "href" not in cart

    def test_client_and_vehicle_are_put_in_safely(self, web):
        JumpLink.objects.filter(slug="tire-hotel").update(
            target="https://tires.example/?c={customer}&i={inn}&p={phone}&v={vin}&n={plate}",
            needs="both",
        )
        client = make.client(inn="1&x=2")
        make.contact(client, "+7 (908) 4944434")
        make.vehicle(client, vin="XTA/../#", plate="А 1?")

        link = page.parse(web.get("/", {"customer": client.pk})).one(data_jump="tire-hotel")

        assert link["href"] == (
            f"https://tires.example/?c={client.pk}&i=1%26x%3D2&p=79084944434"
            "&v=XTA%2F..%2F%23&n=%D0%90%201%3F"
        )

    def test_a_phone_that_may_not_be_seen_is_not_put_in(self, gleb, client_of):
        JumpLink.objects.filter(slug="tire-hotel").update(target="https://t.example/?p={phone}")
        client = make.client()
        make.contact(client, "+7 (908) 4944434")

        answer = client_of(gleb).get("/", {"customer": client.pk})

        assert b"79084944434" not in answer.content


class TestMaskedContacts:
    """Who lacks `view_contact_value` sees the ends of a phone alone, everywhere."""

    @pytest.mark.parametrize(
        "address",
        ["/?phone=4434", "/?customer={}", "/customers/{}/info/", "/customers/{}/contact/"],
    )
    def test_no_page_holds_the_number(self, gleb, client_of, address):
        client = make.client()
        make.contact(client, "+7 (908) 4944434")
        make.contact(client, "zubkov.alexey@mail.ru")
        make.request(customer_text="Мухин", contact_phone="8 926 444-44-34")

        shown = client_of(gleb).get(address.format(client.pk)).content.decode()

        digits = "".join(character for character in shown if character.isalnum())
        assert "9084944434" not in digits
        assert "9264444434" not in digits
        assert "zubkov.alexey" not in shown
