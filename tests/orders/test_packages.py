"""Work packages and the lines of an earlier document go in by one act."""

from decimal import Decimal

import pytest

from orders.models import PackagePart, PackageWork, PartLine, WorkLine, WorkPackage
from tests import make
from tests.orders.test_lines import address, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make.work_order(vehicle=make.vehicle(), date=make.TODAY)


class TestPackage:
    @pytest.fixture
    def package(self):
        made = WorkPackage.objects.create(name="ТО-60", discount_percent=5)
        PackageWork.objects.create(package=made, name="Замена масла", price=900)
        labor = make.labor("Диагностика", norm_hours=Decimal("0.5"))
        PackageWork.objects.create(package=made, labor=labor, name=labor.name, position=2)
        PackagePart.objects.create(package=made, part=make.part("M-1", price=500), quantity=4)
        return made

    def test_goes_in_as_a_whole_at_the_prices_of_the_day(self, htmx, order, package):
        make.hour_price(3000)

        put_in(htmx, order, "то-60")

        works = WorkLine.objects.filter(document=order).order_by("position")
        part = PartLine.objects.get(document=order)
        assert [(w.name, w.price, w.discount_percent) for w in works] == [
            ("Замена масла", 900, 5),
            ("Диагностика", 1500, 5),
        ]
        assert (part.quantity, part.amount, part.discount_source) == (4, 1900, "package")

    def test_is_offered_only_for_the_models_it_is_for(self, htmx, order, package):
        package.for_models.add(make.model("LADA", "Vesta"))

        found = htmx.get(address(order, "lines"), {"typed": "то-60"}, target="line-found")

        assert f"package-{package.pk}" not in found.content.decode()
        assert put_in(htmx, order, "то", pick=f"package-{package.pk}").status_code == 422

    def test_is_chosen_from_a_list_too(self, htmx, order, package):
        answer = htmx.post(address(order, "package"), {"package": package.pk})

        assert answer.status_code == 204
        assert order.works.count() == 2


class TestRepeat:
    def test_puts_in_the_lines_of_an_earlier_order_at_the_prices_of_today(self, htmx, order):
        earlier = make.work_order(vehicle=order.vehicle, date=make.day(-300), state="closed")
        part = make.part("K-1", price=2500)
        labor = make.labor("Замена колодок")
        make.work(earlier, "Замена колодок", price=1000, labor=labor)
        make.work(earlier, "Мойка", price=400, position=2)
        make.goods(earlier, part, price=1800, quantity=2)
        make.hour_price(1300)

        asked = htmx.get(address(order, "repeat")).content.decode()
        answer = htmx.post(address(order, "repeat"), {"of": earlier.pk})

        assert earlier.number in asked
        assert answer.status_code == 204
        works = order.works.order_by("position")
        assert [work.price for work in works] == [1300, 400]
        assert order.goods.get().amount == 5000

    def test_of_another_car_nothing_is_offered(self, htmx, order):
        foreign = make.work_order(vehicle=make.vehicle())
        make.work(foreign)

        assert htmx.post(address(order, "repeat"), {"of": foreign.pk}).status_code == 422
