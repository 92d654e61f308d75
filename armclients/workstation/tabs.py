"""The six tabs of a client: what each is called, counts and shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armclients.models import User
from armclients.workstation import talks
from armclients.workstation.filters import ClientFilter
from customers.models import Counterparty
from orders.views import panels as of_orders

# Given the client, what the address asks for, and who asks.
Panel = Callable[[Counterparty, Mapping[str, str], User], dict[str, Any]]


def first_page(panel: Callable[[Counterparty, str | None], dict[str, Any]]) -> Panel:
    """The panel of a tab that asks for nothing but its client."""
    return lambda customer, _query, _by: panel(customer, None)


@dataclass(frozen=True)
class Tab:
    """A tab: its label, the annotation that counts it, and what fills its panel."""

    slug: str
    label: str | Promise
    view_name: str
    template: str
    panel: Panel | None = None
    counts: str = ""

    def label_for(self, customer: Counterparty) -> str:
        """«Корзина (Нет)», «События (2)», «Информация»."""
        if not self.counts:
            return str(self.label)
        count = getattr(customer, self.counts)
        return f"{self.label} ({count or gettext('None')})"


@dataclass(frozen=True)
class TabLink:
    """A tab as the screen shows it: a whole page by `href`, its panel alone by `fragment`."""

    slug: str
    label: str
    href: str
    fragment: str
    is_open: bool


TABS = (
    Tab("info", _("Information"), "customer_info", "workstation/screen.html#info"),
    Tab(
        "events",
        _("Events"),
        "customer_events",
        "customers/events.html#panel",
        talks.events_panel,
        "new_events",
    ),
    Tab(
        "cart",
        _("Cart"),
        "orders:cart",
        "orders/cart.html#panel",
        first_page(of_orders.cart),
        "cart_lines",
    ),
    Tab(
        "orders",
        _("Orders"),
        "orders:orders",
        "orders/orders.html#panel",
        first_page(of_orders.orders),
        "open_orders",
    ),
    Tab(
        "documents",
        _("Buyer's documents"),
        "orders:documents",
        "orders/documents.html#panel",
        of_orders.documents,
        "all_documents",
    ),
    Tab(
        "contact",
        _("Register a contact with the client"),
        "customer_contact",
        "customers/contact.html#panel",
        talks.contact_panel,
    ),
)
BY_SLUG = {tab.slug: tab for tab in TABS}


def tab_named(slug: str | None) -> Tab:
    """The tab of this slug; nonsense opens the first."""
    return BY_SLUG.get(slug or "", TABS[0])


def links(
    customer: Counterparty, car: int | None, open_tab: Tab, search: ClientFilter
) -> list[TabLink]:
    """The tabs of a client, as links that keep the search and the vehicle."""
    chosen = f"?car={car}" if car else ""
    return [
        TabLink(
            slug=tab.slug,
            label=tab.label_for(customer),
            href=search.url(customer=customer.pk, car=car, tab=tab.slug),
            fragment=reverse(tab.view_name, args=[customer.pk]) + chosen,
            is_open=tab == open_tab,
        )
        for tab in TABS
    ]
