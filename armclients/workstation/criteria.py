"""The seven boxes [seed]: what each is called, and which tag of the search row it asks for."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.models import SearchCard, User
from orders.queries import branches

EPOCH = datetime.date(1970, 1, 1)


class Asking:
    """On whose behalf, and on which local day, a search is made."""

    def __init__(self, user: User) -> None:
        self.user_id = user.pk
        self.user = user

    @cached_property
    def today(self) -> datetime.date:
        """«Сегодня» of the user's branch; read only when a box asks for it."""
        branch = branches.of_user(self.user)
        return clock.today(branch.zone if branch else timezone.get_default_timezone())


@dataclass(frozen=True)
class Box:
    """A check box of the panel; `about_vehicle` when it also marks the vehicle it matched."""

    slug: str
    label: str | Promise
    tag: Callable[[Asking], int]
    about_vehicle: bool = False


BOXES = (
    Box("mine", _("Only mine"), lambda asking: asking.user_id),
    Box("new_events", _("With new events"), lambda _asking: SearchCard.NEW_EVENTS),
    Box("open_orders", _("With orders"), lambda _asking: SearchCard.OPEN_ORDERS),
    Box("reserved", _("With reserved goods"), lambda _asking: SearchCard.RESERVED),
    Box(
        "booked_today",
        _("Booked for today"),
        lambda asking: -(asking.today - EPOCH).days,
        about_vehicle=True,
    ),
    Box(
        "in_service",
        _("Clients in service"),
        lambda _asking: SearchCard.IN_SERVICE,
        about_vehicle=True,
    ),
    Box(
        "awaiting_pickup",
        _("Awaiting pick-up"),
        lambda _asking: SearchCard.AWAITING_PICKUP,
        about_vehicle=True,
    ),
)
