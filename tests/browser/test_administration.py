"""The administration: for whoever listens, on a laptop, and in Russian sentences."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from armclients.models import ImportRun, JumpLink, User
from customers.models import AccessLogEntry, Counterparty, CounterpartyHistory
from orders.models import CustomerOrder, RepairKind, RepairRequest, WorkOrder
from tests import make
from tests.admin.conftest import stock_up
from vehicles.models import Vehicle

# An empty heading above the hidden key of a row, which is Django's own.
OF_DJANGO = {"rules": {"empty-table-header": {"enabled": False}}}
FORMS = [Counterparty, Vehicle, WorkOrder, CustomerOrder, RepairRequest, User, JumpLink]
LISTS = [*FORMS, ImportRun, AccessLogEntry, CounterpartyHistory, RepairKind]


@pytest.fixture
def page(db: None, open_browser: Callable[..., BrowserContext]) -> Page:
    ruler = make.user("egor", role="admin", is_staff=True, is_superuser=True)
    stock_up(ruler, make.zubkov())
    return open_browser(ruler).new_page()


def address(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def addresses() -> list[str]:
    forms = [address(m, "change", m.objects.order_by("pk").last().pk) for m in FORMS]
    lists = [address(model, "changelist") for model in LISTS]
    link = JumpLink.objects.exclude(target="").first()
    others = [
        reverse("admin:index"),
        reverse("admin:armclients_jumplink_try", args=[link.pk]),
        address(ImportRun, "add"),
        address(ImportRun, "change", ImportRun.objects.get().pk),
        address(RepairKind, "import"),
        address(RepairKind, "delete", RepairKind.objects.get().pk),
        reverse("admin:auth_group_change", args=[1]),
    ]
    return [*others, *lists, *forms]


def test_axe_finds_nothing_and_no_page_scrolls_sideways(page: Page) -> None:
    for where in addresses():
        answer = page.goto(where)

        assert answer is not None
        assert answer.status == 200, where
        found = Axe().run(page, options=OF_DJANGO)
        assert found.violations_count == 0, f"{where}\n{found.generate_report()}"
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, where
