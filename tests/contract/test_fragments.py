"""One URL, two sizes: parts for HTMX, whole pages for everybody else; none of it kept."""

import pytest

from tests import make
from tests.contract import page

CUSTOMER = ["info", "events", "cart", "orders", "documents", "contact"]
VEHICLE = ["info", "works", "goods", "history"]
VARIES = {"HX-Request", "HX-Target", "HX-History-Restore-Request"}


@pytest.fixture
def addresses(db) -> list[str]:
    """Every fragment of one client and their vehicle, and the screen itself."""
    client = make.client()
    car = make.vehicle(client)
    return [
        "/",
        *(f"/customers/{client.pk}/{name}/" for name in CUSTOMER),
        *(f"/vehicles/{car.pk}/{name}/" for name in VEHICLE),
    ]


def is_whole(answer) -> bool:
    return answer.content.lstrip().startswith(b"<!doctype html>")


class TestSizes:
    def test_without_htmx_each_is_a_whole_page(self, web, addresses):
        for address in addresses:
            answer = web.get(address)
            assert (answer.status_code, is_whole(answer)) == (200, True), address
            assert page.parse(answer).has("main"), address

    def test_with_htmx_each_is_a_part(self, htmx, addresses):
        for address in addresses:
            answer = htmx.get(address)
            assert (answer.status_code, is_whole(answer)) == (200, False), address
            assert b"<html" not in answer.content, address

    @pytest.mark.parametrize("target", ["panel", "more", "car", "history", "nonsense"])
    def test_whatever_element_asks_there_is_a_part_for_it(self, htmx, addresses, target):
        for address in addresses:
            assert htmx.get(address, target=target).status_code == 200, address

    def test_a_restored_page_is_whole_though_htmx_asks(self, htmx, addresses):
        for address in addresses:
            assert is_whole(htmx.get(address, history_restore_request="true")), address

    def test_caches_tell_them_apart_and_browsers_keep_neither(self, web, htmx, addresses):
        for address in addresses:
            for answer in (web.get(address), htmx.get(address, target="panel")):
                assert {name.strip() for name in answer["Vary"].split(",")} >= VARIES, address
                assert answer["Cache-Control"] == "no-store", address

    @pytest.mark.parametrize("target", [None, "results", "nonsense", "workstation/screen.html"])
    def test_the_screen_answers_with_its_results(self, htmx, target):
        zubkov = make.zubkov()

        answer = htmx.get("/", {"client": "зубк"}, target=target)

        assert page.found(answer) == [zubkov.pk]
        assert not page.parse(answer).has(id="panel")

    def test_the_screen_answers_with_everything_when_asked_for_everything(self, htmx):
        zubkov = make.zubkov()

        answer = htmx.get("/", {"client": "зубк"}, target="screen")

        assert page.found(answer) == [zubkov.pk]
        assert page.parse(answer).has(id="panel")

    def test_typing_replaces_the_address_and_enter_does_not(self, htmx):
        typed = htmx.get("/?client=%D0%B7&phone=&mine=on", target="screen", trigger_name="client")
        entered = htmx.get("/?client=%D0%B7", target="screen")

        assert typed["HX-Replace-Url"] == "/?client=%D0%B7&mine=on"
        assert "HX-Replace-Url" not in entered


class TestMissing:
    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_what_is_not_there_is_404_in_both_sizes(self, web, htmx, pk):
        addresses = [f"/customers/{pk}/{name}/" for name in CUSTOMER]
        addresses += [f"/vehicles/{pk}/{name}/" for name in VEHICLE]
        for address in addresses:
            assert web.get(address).status_code == 404, address
            assert htmx.get(address).status_code == 404, address

    def test_what_is_no_address_is_404(self, web):
        for address in ("/customers/", "/customers/x/info/", "/customers/1/", "/vehicles/1/x/"):
            assert web.get(address).status_code == 404, address

    def test_nothing_is_changed_by_asking(self, web, addresses):
        for address in addresses:
            assert web.post(address).status_code == 405, address


class TestPaging:
    """Every list is paged: sixty rows come as fifty and ten."""

    def walk(self, htmx, address: str, mark: str) -> list[str]:
        seen, pages = [], []
        while address:
            root = page.parse(htmx.get(address, target="more" if pages else None))
            rows = [row[mark] for row in root.all(**{mark: True})]
            seen += rows
            pages.append(len(rows))
            links = root.all("a", rel="next")
            address = links[0]["href"] if links else ""
        assert pages == [50, 10]
        return seen

    @pytest.mark.parametrize("tab", ["events", "contact"])
    def test_events(self, htmx, tab):
        client = make.client()
        made = [make.event(client, occurred_at=make.at(8, n // 2)).pk for n in range(60)]

        seen = self.walk(htmx, f"/customers/{client.pk}/{tab}/", "data-event")

        assert seen == [str(pk) for pk in reversed(made)]

    @pytest.mark.parametrize("address", ["/customers/{0}/documents/", "/vehicles/{1}/history/"])
    def test_documents(self, htmx, address):
        client = make.client()
        car = make.vehicle(client)
        made = [make.request(client, vehicle=car, date=make.day(n // 3)).pk for n in range(60)]

        seen = self.walk(htmx, address.format(client.pk, car.pk), "data-document")

        assert seen == [str(pk) for pk in reversed(made)]

    def test_orders(self, htmx):
        client = make.client()
        made = [make.customer_order(client, date=make.day(n // 3)).pk for n in range(60)]

        seen = self.walk(htmx, f"/customers/{client.pk}/orders/", "data-document")

        assert seen == [str(pk) for pk in reversed(made)]
