"""The windows of a booking, as a browser without scripts sends them, and who is told what."""

import pytest

from orders.models import RepairRequest, Slot, WorkOrder
from tests import make
from tests.contract.page import parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def branch(db):
    return make.branch()


def sent(web, url: str, **given):
    """The address after a form that was accepted, or the page that says why not."""
    answer = web.post(url, given)
    return answer["Location"] if answer.status_code == 302 else parse(answer).text


NEW = {"start_at": "2041-03-12T14:00", "hours": "1.5", "customer_text": "Пётр"}


class TestNew:
    def test_books_a_stranger(self, web):
        bay = make.bay()

        where = sent(
            web, "/booking/new/", **NEW, bay=bay.pk, contact_phone="8 900", vehicle_text="Рио"
        )

        assert where == "/booking/"
        slot = Slot.objects.get()
        assert (slot.start_at, slot.end_at, slot.bay) == (make.at(14), make.at(15, 30), bay)
        assert slot.request.what == "Рио"

    def test_books_the_client_and_the_car_of_the_address(self, web):
        client = make.client("Зубков")
        car = make.vehicle(client)
        address = f"/booking/new/?customer={client.pk}&car={car.pk}"

        assert parse(web.get(address)).has("option", value=car.pk, selected=True)
        sent(web, address, **NEW, vehicle=car.pk)

        booked = RepairRequest.objects.get()
        assert (booked.counterparty, booked.vehicle) == (client, car)

    def test_finds_the_client_by_what_was_typed(self, web):
        client = make.client("Строганов")

        sent(web, "/booking/new/", **NEW, client="строган")

        assert RepairRequest.objects.get().counterparty == client

    def test_says_who_has_the_time_and_keeps_what_was_typed(self, web):
        make.request(make.client("Иванов"), slot=make.at(14), bay=make.bay())

        said = web.post("/booking/new/", NEW | {"bay": make.bay().pk, "reason": "Стук спереди"})

        assert said.status_code == 422
        assert "Иванов" in parse(said).text
        assert "Стук спереди" in parse(said).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"start_at": "вчера"},
            {"start_at": "0001-01-01T00:00"},
            {"hours": "-1"},
            {"hours": "1e9"},
            {"bay": "999999999999999999999"},
            {"customer_text": "", "contact_phone": ""},
            {"stay": "x"},
            {"client": "никто такой"},
        ],
    )
    def test_says_what_is_wrong(self, web, wrong):
        answer = web.post("/booking/new/", NEW | wrong)

        assert answer.status_code == 422
        assert parse(answer).has("p", class_="error")

    def test_begins_in_the_soonest_window_and_offers_more(self, web):
        make.request(make.client(), slot=make.at(11), end_at=make.at(13), bay=make.bay())

        page = parse(web.get("/booking/new/?soonest=2"))

        assert page.one("input", name="start_at")["value"] == "2041-03-12T13:00"
        assert page.one("input", name="hours")["value"] == "2"
        assert page.has("a", data_window=True)

    @pytest.mark.parametrize(
        "nonsense", ["soonest=x", "soonest=-1", "soonest=nan", "at=x", "bay=x"]
    )
    def test_takes_nonsense_in_the_address_for_nothing(self, web, nonsense):
        assert web.get(f"/booking/new/?{nonsense}").status_code == 200

    def test_is_as_long_as_the_work_of_its_base(self, web):
        estimate = make.estimate()
        make.work(estimate, norm_hours=2, quantity=2)

        page = parse(web.get(f"/booking/new/?base={estimate.pk}"))

        assert page.one("input", name="hours")["value"] == "4"


class TestMove:
    def test_by_the_form_goes_to_another_branchs_clock(self, web):
        omsk = make.branch("Омск", prefix="О", timezone="Asia/Omsk")
        slot = make.request(make.client(), slot=make.at(9), branch=omsk).slots.get()

        page = parse(web.get(f"/booking/slots/{slot.pk}/"))
        assert page.one("input", name="start_at")["value"] == "2041-03-12T12:00"
        sent(web, f"/booking/slots/{slot.pk}/", start_at="2041-03-12T15:00", hours="1")

        assert Slot.objects.get().start_at == make.at(12)

    def test_is_not_for_masters(self, client_of, gleb):
        slot = make.request(make.client(), slot=make.at(9)).slots.get()

        answer = client_of(gleb).post(f"/booking/slots/{slot.pk}/", {})

        assert answer.status_code == 403


class TestPage:
    def test_shows_where_the_booking_stood_before(self, web):
        slot = make.request(make.client(), slot=make.at(9), bay=make.bay()).slots.get()
        sent(
            web,
            f"/booking/slots/{slot.pk}/",
            start_at="2041-03-12T16:00",
            hours=1,
            bay=make.bay().pk,
        )

        said = parse(web.get(f"/booking/{slot.request_id}/")).text

        assert "Белова А. И." in said
        assert "12.03.2041 09:00" in said
        assert "12.03.2041 16:00" in said

    def test_masks_the_phone_of_a_stranger_for_a_master(self, client_of, gleb):
        booked = make.request(customer_text="Пётр", contact_phone="+7 900 111-22-33")

        said = parse(client_of(gleb).get(f"/booking/{booked.pk}/")).text

        assert "111-22" not in said

    def test_leads_to_the_work_order(self, web):
        booked = make.request(make.client(), slot=make.at(11))

        where = sent(web, f"/booking/{booked.pk}/work-order/")

        assert where == WorkOrder.objects.get().url

    def test_says_why_a_stranger_has_no_work_order(self, web):
        booked = make.request(customer_text="Пётр", slot=make.at(11))

        assert "карточка" in sent(web, f"/booking/{booked.pk}/work-order/")

    def test_links_a_stranger_to_a_card(self, web):
        booked = make.request(customer_text="Пётр")
        client = make.client("Строганов")

        sent(web, f"/booking/{booked.pk}/link/", client="строганов")

        booked.refresh_from_db()
        assert booked.counterparty == client

    def test_changes_what_was_told(self, web):
        booked = make.request(customer_text="Пётр", contact_phone="8900")

        sent(web, f"/booking/{booked.pk}/edit/", customer_text="Павел", stay="tow", reason="Гул")

        booked.refresh_from_db()
        assert (booked.customer_text, booked.stay, booked.contact_phone) == ("Павел", "tow", "")

    def test_frees_the_time(self, web):
        slot = make.request(make.client(), slot=make.at(11)).slots.get()

        sent(web, f"/booking/slots/{slot.pk}/remove/")

        assert not Slot.objects.exists()

    @pytest.mark.parametrize("url", ["/booking/9/", "/booking/9/edit/", "/booking/slots/9/"])
    def test_of_nothing_is_not_found(self, web, url):
        assert web.get(url).status_code == 404


def test_the_jump_button_leads_here(web):
    client = make.client()
    car = make.vehicle(client)

    page = parse(web.get(f"/?customer={client.pk}&car={car.pk}"))

    assert page.one(data_jump="booking")["href"] == f"/booking/?customer={client.pk}&car={car.pk}"
