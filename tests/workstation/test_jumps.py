"""The jump bar stands whatever the table of links holds."""

import pytest
from django.contrib.auth.models import Permission

from armclients.models import JumpLink
from armclients.workstation.jumps import jumps
from tests import make
from tests.contract import page


@pytest.mark.parametrize(
    "target",
    [
        "/{password}",
        "/{customer.pk}",
        "{",
        "/{0}",
        "/{customer!x}",
        "javascript:alert(1)",
        "//evil",
    ],
)
def test_a_broken_link_is_shown_disabled_and_the_others_work(db, target):
    client = make.zubkov()
    JumpLink.objects.create(slug="sound", label="Целая", target="/?customer={customer}")
    JumpLink.objects.create(slug="broken", label="Сломанная", target="https://example.com/")
    # Past the form, as SQL does it.
    JumpLink.objects.filter(slug="broken").update(target=target)

    shown = {jump.slug: jump for jump in jumps(client, None, shows_contacts=True)}

    assert shown["sound"].url == f"/?customer={client.pk}"
    assert (shown["broken"].url, bool(shown["broken"].reason)) == ("", True)


def test_a_document_one_may_not_write_is_said_so(client_of, vera):
    client = make.client()

    bar = page.parse(client_of(vera).get(f"/?customer={client.pk}"))

    assert bar.one(data_jump="work-order")["aria-disabled"] == "true"
    assert bar.one(data_jump="estimate")["href"].endswith("&tab=cart")


def test_writing_a_work_order_comes_first(web):
    client = make.client()

    first = page.parse(web.get(f"/?customer={client.pk}")).all(data_jump=True)[0]

    assert first["data-jump"] == "work-order"
    assert "data-dialog" in first


class TestCatalogues:
    """Buttons by VIN, body number and make ship with the product and say why they are off."""

    @pytest.fixture(autouse=True)
    def all_on(self, db):
        JumpLink.objects.update(is_on=True)

    def of(self, **facts):
        car = make.vehicle(make.client(), **facts)
        return {jump.slug: jump for jump in jumps(None, car, shows_contacts=True)}

    def test_by_vin(self):
        found = self.of(vin="XTA210&x=1/")["oem-catalog"]

        assert found.url == "https://partsouq.com/en/search/all?q=XTA210%26x%3D1%2F"
        assert found.leaves

    def test_by_body_number(self):
        found = self.of(body_number="NZE121 1234567")["oem-by-frame"]

        assert found.url == "https://partsouq.com/en/search/all?q=NZE121%201234567"

    @pytest.mark.parametrize("name", ["HYUNDAI", "Hyundai"])
    def test_by_make(self, name):
        found = self.of(model=make.model(name, "SOLARIS"))["oem-by-make"]

        assert found.url == "https://www.elcats.ru/hyundai/"

    @pytest.mark.parametrize(
        ("slug", "facts", "reason"),
        [
            ("oem-catalog", {"vin": "", "body_number": "NZE121"}, "У автомобиля нет VIN."),
            ("oem-by-frame", {"vin": "XTA210"}, "У автомобиля нет номера кузова."),
            ("oem-by-make", {"model": None}, "Марка автомобиля неизвестна."),
            ("oem-by-make", {}, "Только для HYUNDAI."),
        ],
    )
    def test_say_what_the_vehicle_lacks(self, slug, facts, reason):
        jump = self.of(**facts)[slug]

        assert (jump.url, jump.reason) == ("", reason)

    @pytest.mark.parametrize("slug", ["oem-catalog", "oem-by-frame", "oem-by-make"])
    def test_say_that_a_vehicle_is_to_be_chosen(self, slug):
        shown = {jump.slug: jump for jump in jumps(make.client(), None, shows_contacts=True)}

        assert (shown[slug].url, shown[slug].reason) == ("", "Сначала выберите автомобиль.")

    def test_put_make_and_model_in_safely(self):
        JumpLink.objects.filter(slug="oem-by-make").update(
            target="https://c.example/{make}/?m={model}", only_makes="lada, Mercedes-Benz"
        )

        found = self.of(model=make.model("LADA", "Веста & Ко"))["oem-by-make"]

        assert found.url == (
            "https://c.example/LADA/?m=%D0%92%D0%B5%D1%81%D1%82%D0%B0%20%26%20%D0%9A%D0%BE"
        )


class TestSwitches:
    def test_a_button_that_is_off_is_not_shown(self, db):
        JumpLink.objects.filter(slug="cart").update(is_on=False)

        assert "cart" not in {jump.slug for jump in jumps(None, None, shows_contacts=True)}

    def test_the_presets_by_body_number_and_make_wait_to_be_switched_on(self, db):
        off = JumpLink.objects.filter(is_on=False).order_by("position")

        assert [link.slug for link in off] == ["oem-by-frame", "oem-by-make"]
        assert all(link.target for link in off)

    def test_a_button_opens_a_new_window_when_told_to(self, web):
        JumpLink.objects.filter(slug="cart").update(in_new_window=True)
        client = make.client()

        bar = page.parse(web.get(f"/?customer={client.pk}"))

        assert bar.one(data_jump="cart")["target"] == "_blank"
        assert "target" not in bar.one(data_jump="booking")

    def test_a_button_for_which_one_lacks_the_right_says_so(self, client_of, anna, vera):
        right = Permission.objects.get(codename="add_workorder")
        JumpLink.objects.filter(slug="cart").update(permission=right)
        address = f"/?customer={make.client().pk}"

        for_anna = page.parse(client_of(anna).get(address)).one(data_jump="cart")
        for_vera = page.parse(client_of(vera).get(address)).one(data_jump="cart")

        assert "href" in for_anna
        assert "href" not in for_vera
        assert "нет права" in for_vera["title"]
