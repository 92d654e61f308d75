"""The tire hotel by keyboard, by scanner and by finger."""

from playwright.sync_api import Page, expect

from tests import hotel, make
from vehicles.models import TireSet


def test_the_season_is_changed(page: Page) -> None:
    """From the client's card into the hotel, one set out and the other in, and back again."""
    client = make.client("Зубков Алексей")
    car = make.vehicle(client, plate="А123ВС77")
    winter = hotel.tires(client, season="winter", vehicle=car, cell=hotel.cell("A-1-1-1"))
    hotel.cell("B-1-1-1", season="summer")
    page.goto(f"/?customer={client.pk}&car={car.pk}")
    page.locator("[data-jump='tire-hotel']").click()
    expect(page.locator("#tires tbody tr")).to_have_count(1)

    page.locator(f"#swap-{winter.pk}").press("Enter")
    window = page.locator("dialog[open]")
    expect(window.locator("[name=season]")).to_be_focused()
    expect(window.locator("[name=season]")).to_have_value("summer")
    expect(window.locator("#offered")).to_contain_text("B-1-1-1")
    window.locator("[name=brand]").fill("Michelin")
    window.locator("[name=brand]").press("Enter")

    expect(page.locator("h1")).to_contain_text("Michelin")
    assert TireSet.objects.filter(cell__code="A-1-1-1", brand="Michelin").exists()
    page.locator(".way a", has_text="АРМ").click()
    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")


def test_labels_are_scanned_one_after_another(page: Page) -> None:
    here = hotel.cell("A-1", capacity=8)
    kept = hotel.tires(number="T000001", cell=here)
    hotel.tires(number="T000002", cell=here)
    page.goto(f"/tires/counts/{hotel.count().pk}/")
    field = page.locator("#scan-code")

    for code in ("A-1", "T000001", "T000009"):
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator(".said")).to_contain_text(code)

    expect(page.locator("#count")).to_contain_text("T000002")
    expect(page.locator(f"#count a[href='{kept.url}']")).to_have_count(0)


def test_a_set_is_found_by_its_label(page: Page) -> None:
    hotel.tires(number="T000001")
    hotel.tires(number="T000002")
    page.goto("/tires/")

    page.keyboard.press("/")
    expect(page.locator("#tires-q")).to_be_focused()
    page.keyboard.type("е000002")

    expect(page.locator("#tires tbody tr")).to_have_count(1)
    expect(page.locator("#tires-q")).to_be_focused()
    expect(page.locator("#tires")).to_contain_text("T000002")


def test_nothing_sticks_out_on_a_tablet(page: Page) -> None:
    client = make.client("Константинопольский Константин Константинович")
    car = make.vehicle(client, plate="А123ВС777")
    kept = hotel.tires(client, vehicle=car, cell=hotel.cell("A-1"), model="Hakkapeliitta R5 SUV")
    hotel.cell("A-1-1-40", position=400)
    page.set_viewport_size({"width": 820, "height": 1180})

    for address in ("/tires/", kept.url, "/tires/racks/", f"{kept.url}act/", f"{kept.url}label/"):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 820, (address, wide)
