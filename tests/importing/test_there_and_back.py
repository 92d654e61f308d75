"""The base goes out into files and comes back whole, into an empty base or into itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from armclients.demo import extras, shop
from armclients.management.commands.demo import open_the_doors
from armclients.models import SearchCard
from customers.models import Counterparty
from orders.models import Document, Payment, StateChange
from orders.queries import settlements
from tests import make
from tests.importing import filled
from tests.importing.conftest import SHOP
from tests.importing.whole_base import APPS, STAYS, Base, tables

# An export begins a transaction of its own, to see one moment of the base.
pytestmark = pytest.mark.django_db(transaction=True)


def forget_everything() -> None:
    """The base is as migrations left it."""
    call_command("flush", interactive=False, verbosity=0)


def seen() -> dict[str, list]:
    """What the screens make of it: search rows, without keys of other tables, and money."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, username FROM armclients_user")
        names = dict(cursor.fetchall())
        cursor.execute(
            "SELECT name_key, names, contacts, vehicles, visited_on, tags"
            " FROM armclients_searchcard ORDER BY name_key, customer_id"
        )
        found = [
            (*row, sorted(str(names.get(t, t)) for t in tags if t > SearchCard.price_type(0)))
            for *row, tags in cursor
        ]
    money = Counterparty.objects.annotate(
        debt=settlements.debt_on_open_work_orders(),
        owed=settlements.receivable(),
        ahead=settlements.advance(),
    )
    return {
        "search": found,
        "money": list(money.order_by("pk").values_list("name", "debt", "owed", "ahead")),
    }


@pytest.fixture
def written(versions):
    """The version of every row but of the counters, which follow the numbers given by hand."""
    return lambda: {**versions(), "orders_documentcounter": None}


@pytest.fixture
def comes_back(bring, send, written):
    """The base is the same after an import into an empty one, and into itself."""

    def check() -> None:
        before, screens, files = Base(), seen(), send("first")

        untouched = written()
        ran = bring(files)
        assert ran.status == 0, ran.complained
        assert all(count["unchanged"] == count["read"] for count in ran.counts.values()), ran.counts
        assert written() == untouched

        forget_everything()
        ran = bring(files)
        assert ran.status == 0, ran.complained
        assert all(count["new"] == count["read"] for count in ran.counts.values()), ran.counts
        assert not before.differences(Base())
        assert seen() == screens
        assert not StateChange.objects.exists()

        again = send("second")
        for path in files.iterdir():
            assert (again / path.name).read_bytes() == path.read_bytes(), path.name

    return check


class TestComesBack:
    def test_a_shop_with_every_field_filled(self, comes_back):
        with transaction.atomic():
            filled.shop()
        assert not Base().unfilled()

        comes_back()

    def test_the_sample_shop_with_what_was_done_to_it_since(self, bring, comes_back):
        assert bring(SHOP).status == 0
        # The payment of the column `paid` is no longer the only one, or no longer what it says.
        make.payment(Document.objects.get(source_id="order-2"), 30, counterparty=make.client())
        Payment.objects.filter(document__source_id="order-1").update(method="card")

        comes_back()

    @pytest.mark.slow
    def test_the_demo_shop(self, bring, comes_back, tmp_path):
        for write in (shop.write, shop.write_day):
            write(tmp_path / write.__name__, today=make.TODAY)
            assert bring(tmp_path / write.__name__, source="demo").status == 0
        with transaction.atomic():
            open_the_doors()
            extras.fill()

        comes_back()


class TestEveryField:
    def test_is_carried_or_is_explained(self):
        assert {model._meta.app_label for model in tables()} == set(APPS)
        known = {
            name
            for app in APPS
            for model in apps.get_app_config(app).get_models()
            for label in [model._meta.label]
            for name in (label, *(f"{label}.{field.name}" for field in model._meta.get_fields()))
        }

        assert set(STAYS) <= known


class TestComesBackOtherwise:
    """What the files cannot say, and what is said instead. Into its own base it changes nothing."""

    @pytest.fixture
    def back(self, bring, send, written):
        def run() -> None:
            files, untouched = send("out"), written()
            assert bring(files).status == 0
            assert written() == untouched
            forget_everything()
            assert bring(files).status == 0

        return run

    def test_a_document_without_a_payer_is_paid_by_its_customer(self, back):
        client = make.client("Один")
        make.customer_order(client, payer=None)
        make.request(client, payer=None)

        back()

        assert {document.payer.name for document in Document.objects.all()} == {"Один"}

    def test_a_document_of_a_payer_alone_is_of_that_customer(self, back):
        job = make.work_order(make.client("Один"))
        Document.objects.filter(pk=job.pk).update(counterparty=None)
        make.request(payer=make.client("Два"))

        back()

        assert Document.objects.get(kind="work_order").counterparty.name == "Один"
        request = Document.objects.get(kind="repair_request")
        assert (request.counterparty, request.payer.name) == (None, "Два")

    def test_a_payment_of_nobody_is_its_documents_payers(self, back):
        make.payment(make.work_order(make.client("Один")), 5)

        back()

        assert Payment.objects.get().counterparty.name == "Один"

    def test_lines_keep_their_order_not_their_numbers(self, back):
        job = make.work_order()
        make.work(job, "Вторая", position=7)
        make.work(job, "Первая", position=3)

        back()

        found = Document.objects.get().works.order_by("position").values_list("position", "name")
        assert list(found) == [(1, "Первая"), (2, "Вторая")]
