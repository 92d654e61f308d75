"""The jump bar: where a client and a vehicle can be taken, and why not when they cannot."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armclients.models import JumpLink
from armclients.models.jump_link import PLACEHOLDERS, known_placeholders
from customers.models import Counterparty
from orders.actions import lines
from vehicles.models import Vehicle

NEW_DOCUMENT = re.compile(r"/customers/\d+/documents/new/(\w+)/")
NOT_YOURS = gettext_lazy("You have no right to write such documents.")


@dataclass(frozen=True)
class Jump:
    """A button. `url` is empty when it cannot be pressed; `reason` then says why."""

    slug: str
    label: str
    icon: str
    url: str = ""
    reason: str | Promise = ""

    @property
    def leaves(self) -> bool:
        """Whether it opens another system, and so another browser tab."""
        return not self.url.startswith("/")

    @property
    def opens_window(self) -> bool:
        """Whether it writes a new document, in a window over the screen."""
        return bool(self.makes)

    @property
    def makes(self) -> str:
        """The kind of document that it writes, or nothing."""
        return found[1] if (found := NEW_DOCUMENT.match(self.url)) else ""

    def is_for(self, may: Callable[[str], bool]) -> bool:
        return not self.makes or may(lines.making(self.makes))


def jumps(
    customer: Counterparty | None,
    vehicle: Vehicle | None,
    *,
    shows_contacts: bool,
    may: Callable[[str], bool] = bool,
) -> list[Jump]:
    """All buttons that have a target, in the shop's order; `may` knows a permission by name.

    One statement.
    """
    links = JumpLink.objects.exclude(target="").order_by("position", "pk")
    facts = _facts(customer, vehicle, shows_contacts=shows_contacts)
    found = [_jump(link, facts, customer, vehicle) for link in links]
    return [jump if jump.is_for(may) else replace(jump, url="", reason=NOT_YOURS) for jump in found]


def _jump(
    link: JumpLink, facts: dict[str, str], customer: Counterparty | None, vehicle: Vehicle | None
) -> Jump:
    needs_customer = link.needs in {JumpLink.Needs.CUSTOMER, JumpLink.Needs.BOTH}
    needs_vehicle = link.needs in {JumpLink.Needs.VEHICLE, JumpLink.Needs.BOTH}
    reason = ""
    if not is_sound(link.target):
        reason = _("The address of this button is wrong: tell the administrator.")
    elif needs_customer and customer is None:
        reason = _("Choose a client first.")
    elif needs_vehicle and vehicle is None:
        reason = _("Choose a vehicle first.")
    url = "" if reason else link.target.format_map(facts)
    return Jump(link.slug, link.label, link.icon, url, reason)


def is_sound(target: str) -> bool:
    """Whether the address can be filled in; one that was written past the form may be anything."""
    try:
        known_placeholders(target)
    except ValidationError:
        return False
    return True


def _facts(
    customer: Counterparty | None, vehicle: Vehicle | None, *, shows_contacts: bool
) -> dict[str, str]:
    """What the placeholders stand for, quoted: a value can never become part of the address."""
    facts = dict.fromkeys(PLACEHOLDERS, "")
    if customer:
        facts |= {
            "customer": str(customer.pk),
            "inn": customer.inn,
            "phone": (getattr(customer, "phone", "") or "") if shows_contacts else "",
        }
    if vehicle:
        facts |= {
            "vehicle": str(vehicle.pk),
            "vin": vehicle.vin or vehicle.body_number,
            "plate": getattr(vehicle, "plate", "") or "",
        }
    return {name: quote(value, safe="") for name, value in facts.items()}
