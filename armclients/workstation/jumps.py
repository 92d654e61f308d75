"""The jump bar: where a client and a vehicle can be taken, and why not when they cannot."""

from dataclasses import dataclass
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from armclients.models import JumpLink
from armclients.models.jump_link import PLACEHOLDERS, known_placeholders
from customers.models import Counterparty
from vehicles.models import Vehicle


@dataclass(frozen=True)
class Jump:
    """A button. `url` is empty when it cannot be pressed; `reason` then says why."""

    slug: str
    label: str
    icon: str
    url: str = ""
    reason: str = ""

    @property
    def leaves(self) -> bool:
        """Whether it opens another system, and so another browser tab."""
        return not self.url.startswith("/")

    @property
    def opens_window(self) -> bool:
        """Whether it writes a new document, in a window over the screen."""
        return self.url.startswith("/customers/") and "/documents/new/" in self.url


def jumps(
    customer: Counterparty | None, vehicle: Vehicle | None, *, shows_contacts: bool
) -> list[Jump]:
    """All buttons that have a target, in the shop's order. One statement."""
    links = JumpLink.objects.exclude(target="").order_by("position", "pk")
    facts = _facts(customer, vehicle, shows_contacts=shows_contacts)
    return [_jump(link, facts, customer, vehicle) for link in links]


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
