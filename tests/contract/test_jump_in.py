"""`GET /open/`: how a PBX or another system asks for a client."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests import make
from tests.contract import page


def led_to(web, **query: str) -> dict[str, str]:
    """The parameters of the workstation's address that the jump leads to."""
    answer = web.get("/open/", query)
    assert answer.status_code == 302
    parts = urlsplit(answer.url)
    assert parts.path == "/"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


class TestOpen:
    @pytest.mark.parametrize(
        ("parameter", "value", "field"),
        [
            ("phone", "+79084944434", "phone"),
            ("phone", "79084944434", "phone"),
            ("phone", "8 (908) 494-44-34", "phone"),
            ("phone", "9084944434", "phone"),
            ("vin", "nmtbm28e80r058037", "vehicle"),
            ("plate", "N123AP", "vehicle"),
            ("card", "2900012345", "client"),
            ("inn", "7712334545", "inn"),
        ],
    )
    def test_one_exact_hit_opens_the_client(self, web, parameter, value, field):
        zubkov = make.seed()[0]
        make.card(zubkov, "2900012345")

        query = led_to(web, **{parameter: value})

        assert query["customer"] == str(zubkov.pk)
        opened = web.get("/open/", {parameter: value}, follow=True)
        assert page.parse(opened).one(id="workspace")["data-customer-open"] == str(zubkov.pk)
        assert page.found(opened) == [zubkov.pk]

    def test_several_open_the_search_with_the_field_filled(self, web):
        for name in ("Котова Инна", "Котов Олег"):
            make.contact(make.client(name), "+7 (916) 1112233")

        answer = web.get("/open/", {"phone": "+79161112233"}, follow=True)

        assert page.parse(answer).one(id="f-phone")["value"] == "+79161112233"
        assert page.total(answer) == "2"
        assert not page.tabs(answer)

    @pytest.mark.parametrize(
        ("parameter", "field"),
        [
            ("phone", "phone"),
            ("vin", "vehicle"),
            ("plate", "vehicle"),
            ("card", "client"),
            ("inn", "inn"),
        ],
    )
    def test_none_opens_the_search_with_the_field_filled(self, web, parameter, field):
        make.seed()

        assert led_to(web, **{parameter: "5550001112"}) == {field: "5550001112"}

    def test_a_part_is_no_exact_hit(self, web):
        make.seed()

        assert led_to(web, phone="4944434") == {"phone": "4944434"}
        assert led_to(web, plate="n123a") == {"vehicle": "n123a"}

    @pytest.mark.parametrize("value", ["", " ", "%", "\0", "я" * 5000, "😀", "<script>", "+"])
    @pytest.mark.parametrize("parameter", ["phone", "vin", "plate", "card", "inn", "nonsense"])
    def test_nonsense_opens_the_search(self, web, parameter, value):
        make.seed()

        assert "customer" not in led_to(web, **{parameter: value})

    def test_a_vehicle_of_the_hit_is_the_chosen_one(self, web):
        client = make.client()
        make.vehicle(client, plate="А111АА77")
        hit = make.vehicle(client, plate="В222ВВ77")

        opened = page.parse(web.get("/open/", {"plate": "В222ВВ77"}, follow=True))

        assert opened.one("a", id=f"vehicle-{hit.pk}")["aria-current"] == "true"
