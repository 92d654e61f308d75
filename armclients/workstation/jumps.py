"""The jump bar: where a client and a vehicle can be taken, and why not when they cannot."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
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
NOT_FOR_YOU = gettext_lazy("You have no right to this button: ask the administrator.")


@dataclass(frozen=True)
class Jump:
    """A button. `url` is empty when it cannot be pressed; `reason` then says why."""

    slug: str
    label: str
    icon: str
    url: str = ""
    reason: str | Promise = ""
    in_new_window: bool = False

    @property
    def leaves(self) -> bool:
        """Whether it opens another browser tab, as other systems always do."""
        return self.in_new_window or not self.url.startswith("/")

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
    among: QuerySet[JumpLink] | None = None,
) -> list[Jump]:
    """All buttons that are on, or those `among`, in order; `may` knows a permission by name.

    One statement.
    """
    links = JumpLink.objects.filter(is_on=True).exclude(target="") if among is None else among
    facts = _facts(customer, vehicle, shows_contacts=shows_contacts)
    found = [
        _jump(link, facts, _missing(link, customer, vehicle, may=may))
        for link in links.select_related("permission__content_type").order_by("position", "pk")
    ]
    return [jump if jump.is_for(may) else replace(jump, url="", reason=NOT_YOURS) for jump in found]


def _jump(link: JumpLink, facts: dict[str, str], missing: str | Promise) -> Jump:
    url = "" if missing else link.target.format_map(facts)
    return Jump(link.slug, link.label, link.icon, url, missing, link.in_new_window)


def _missing(
    link: JumpLink,
    customer: Counterparty | None,
    vehicle: Vehicle | None,
    *,
    may: Callable[[str], bool],
) -> str | Promise:
    """Why the button cannot be pressed, or nothing."""
    if not is_sound(link.target):
        return _("The address of this button is wrong: tell the administrator.")
    if link.permission and not may(_named(link.permission)):
        return NOT_FOR_YOU
    if link.needs_customer and customer is None:
        return _("Choose a client first.")
    if link.needs_vehicle and vehicle is None:
        return _("Choose a vehicle first.")
    return _lacking(link, vehicle) if vehicle else ""


def _lacking(link: JumpLink, vehicle: Vehicle) -> str:
    """What of a vehicle the button cannot do without."""
    makes, make = link.makes, vehicle.model and vehicle.model.make.name
    if link.needs == link.Needs.VIN and not vehicle.vin:
        return _("The vehicle has no VIN.")
    if link.needs == link.Needs.FRAME and not vehicle.body_number:
        return _("The vehicle has no body number.")
    if not make:
        is_needed = makes or link.needs == link.Needs.MAKE
        return _("The make of the vehicle is not known.") if is_needed else ""
    if makes and make.upper() not in map(str.upper, makes):
        return _("Only for %(makes)s.") % {"makes": ", ".join(makes)}
    return ""


def _named(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


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
            "frame": vehicle.body_number,
            "make": vehicle.model.make.name if vehicle.model else "",
            "model": vehicle.model.name if vehicle.model else "",
            "plate": getattr(vehicle, "plate", "") or "",
        }
    return {name: quote(value, safe="") for name, value in facts.items()}
