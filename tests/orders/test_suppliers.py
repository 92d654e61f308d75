"""What suppliers can bring: their price list comes in, and stands beside our own stock."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armclients.kit.refusals import RefusedError
from orders import suppliers
from orders.models import Part, Selection, Supplier
from orders.queries import look_up
from orders.suppliers.price_list import loading
from tests import make

pytestmark = pytest.mark.django_db

LIST = """article;brand;name;price;quantity;days
GDB-3548;TRW;Колодки передние;2 000,50;4;2
W 914/2;MANN;Фильтр масляный;300;;
NULL;MANN;Кончился;300;0;1
"""


@pytest.fixture
def supplier():
    return Supplier.objects.create(name="Запад", markup_percent=30, rounds_to=10, days=5)


def load(supplier, text=LIST, encoding="utf-8"):
    return loading.load(supplier, text.encode(encoding), at=make.NOW)


class TestLoad:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
    def test_a_list_replaces_the_former(self, supplier, encoding):
        load(supplier)

        loaded = load(supplier, LIST, encoding)

        assert (loaded.offers, loaded.faults) == (3, [])
        assert supplier.offers.get(key="GDB3548").name == "Колодки передние"

    @pytest.mark.parametrize("text", ["", "article,name\nA,B\n", "article,name,price\n,,\n"])
    def test_what_is_no_list_changes_nothing(self, supplier, text):
        load(supplier)

        with pytest.raises(RefusedError):
            load(supplier, text)

        assert supplier.offers.count() == 3

    def test_rows_that_say_nothing_sensible_are_left_out(self, supplier):
        loaded = load(supplier, "name,price,article\nБез цены,,A\nМинус,-1,B\nХорошая,1,C\n")

        assert loaded.offers == 1
        assert [fault.split(":")[0] for fault in loaded.faults] == ["2", "3"]

    def test_a_list_in_the_data_folder_is_read_once(self, supplier, settings, tmp_path):
        settings.DATA_DIR = tmp_path
        path = tmp_path / "suppliers" / "Запад.csv"
        path.parent.mkdir()
        path.write_text(LIST, encoding="utf-8")
        before = make.NOW.timestamp() - 60
        os.utime(path, (before, before))

        first, second = (loading.load_dropped(at=make.NOW) for _time in range(2))

        assert first["Запад"].offers == 3
        assert second == {}


class TestOffers:
    def test_are_marked_up_and_rounded_up(self, supplier):
        load(supplier)

        (offer,) = suppliers.offers({"GDB3548"})

        assert (offer.price, offer.cost, offer.days, offer.quantity) == (2610, 2000.5, 2, 4)

    def test_what_has_run_out_or_is_of_nobody_active_is_not_offered(self, supplier):
        load(supplier)
        assert suppliers.offers({"NULL"}) == []

        Supplier.objects.update(is_active=False)
        assert suppliers.offers({"GDB3548"}) == []

    def test_a_provider_that_is_not_there_is_left_out(self, supplier):
        load(supplier)
        Supplier.objects.create(name="Чужой", provider="../../etc")

        assert len(suppliers.offers({"GDB3548"})) == 1

    def test_stand_beside_our_own_parts_and_their_analogs(self, supplier):
        load(supplier)
        make.part("GDB 3548", price=3000)

        found = look_up.find("gdb35", customer=make.client(), on=make.TODAY)
        unknown = look_up.find("w914-2", customer=make.client(), on=make.TODAY)

        assert [offer.article for offer in found.offers] == ["GDB-3548"]
        assert [(offer.article, offer.days) for offer in unknown.offers] == [("W 914/2", 5)]


class TestOnTheScreen:
    def test_an_offer_is_picked_with_its_days(self, web, supplier):
        load(supplier)
        client = make.client()
        page = f"{reverse('orders:new_selection', args=[client.pk])}?q=gdb3548"

        shown = web.get(page).content.decode()
        web.post(page, {"offer": supplier.offers.get(key="GDB3548").pk, "quantity": 2})

        assert "Запад" in shown
        assert "2\u202f000" not in shown
        line = Selection.objects.get().lines.get()
        assert (line.supplier, line.days, line.price, line.free) == ("Запад", 2, 2610, 0)
        assert Part.objects.get() == line.part

    def test_a_part_that_the_catalogue_knows_is_not_entered_again(self, web, supplier):
        load(supplier)
        known = make.part("gdb 3548", manufacturer="Trw")
        page = reverse("orders:cart_add", args=[make.client().pk])

        for _time in range(2):
            web.post(page, {"offer": supplier.offers.get(key="GDB3548").pk})

        assert Part.objects.get() == known

    def test_a_list_is_uploaded_in_the_administration(self, admin_client, supplier):
        address = reverse("admin:orders_supplier_change", args=[supplier.pk])
        sent = {
            "name": "Запад",
            "provider": "price_list",
            "markup_percent": "30",
            "rounds_to": "10",
            "days": "5",
            "is_active": "on",
            "price_list": SimpleUploadedFile("list.csv", LIST.encode()),
        }

        assert admin_client.post(address, sent).status_code == 302

        assert supplier.offers.count() == 3
