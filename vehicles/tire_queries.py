"""What the screens of the tire hotel read."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Upper
from django.utils.translation import pgettext_lazy

from armclients.kit import changes, keyset
from armclients.kit.addresses import key, narrowed_by
from armclients.kit.text import LOOK_ALIKES, other_layout
from customers import finding
from customers.identity import value_needles
from customers.queries import primary_phone
from vehicles.models import (
    StorageCell,
    TireCount,
    TireMeasurement,
    TirePhoto,
    TireScan,
    TireSet,
    TireStore,
    VehicleOwnership,
)
from vehicles.models.tires import MOST
from vehicles.queries import current_plate
from vehicles.tire_seasons import rim_of

# Of so many cells one is chosen at a glance.
OFFERED = 6
SHOW = {
    "": pgettext_lazy("tires", "In the hotel"),
    "requested": pgettext_lazy("tires", "To bring"),
    "overdue": pgettext_lazy("tires", "Overdue"),
    "left": pgettext_lazy("tires", "Given out"),
}


@dataclass(frozen=True)
class Asked:
    """Which sets one wants to see."""

    show: str = ""
    typed: str = ""
    customer: int | None = None
    car: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        show = query.get("show", "")
        return cls(
            show if show in SHOW else "",
            query.get("q", "").replace("\0", "").strip(),
            key(query.get("customer")),
            key(query.get("car")),
        )

    @property
    def query(self) -> str:
        """The beginning of the address of the next page, and of anything about the same client."""
        return narrowed_by(show=self.show, q=self.typed) + self.context

    @property
    def context(self) -> str:
        """Whose tires these are, as the beginning of an address."""
        return narrowed_by(customer=str(self.customer or ""), car=str(self.car or ""))


def page(asked: Asked, *, today: datetime.date, after: str | None = None) -> keyset.Page[TireSet]:
    """A page of sets: what is to be brought by its day, everything else newest first.

    One statement, and one more to understand what was typed.
    """
    found = _shown(_of(asked), asked.show, today).for_lists()
    found = found.annotate(plate=current_plate("vehicle"))
    if asked.show == "requested":
        return keyset.soonest_first(found, "needed_on", after)
    if asked.show == "overdue":
        return keyset.soonest_first(found, "until", after)
    return keyset.newest_first(found, "left_on" if asked.show == "left" else "taken_on", after)


def tabs(asked: Asked, *, today: datetime.date) -> list[tuple[str, Any, int]]:
    """Each tab with how many sets it holds. One statement, and one to understand what was typed."""
    here = Q(state__in=TireSet.HERE)
    counted = _of(asked).aggregate(
        here=Count("pk", here),
        requested=Count("pk", Q(state="requested")),
        overdue=Count("pk", here & Q(until__lt=today)),
        left=Count("pk", ~here),
    )
    return [(slug, label, counted[slug or "here"]) for slug, label in SHOW.items()]


def _shown(sets: Any, show: str, today: datetime.date) -> Any:
    if show == "left":
        return sets.exclude(state__in=TireSet.HERE)
    if show == "overdue":
        return sets.overdue(today)
    return sets.filter(state="requested") if show == "requested" else sets.here()


def _of(asked: Asked) -> Any:
    sets = TireSet.objects.all()
    if asked.customer:
        sets = sets.filter(depositor=asked.customer)
    elif asked.car:
        sets = sets.filter(vehicle=asked.car)
    return sets.filter(_called(asked.typed)) if asked.typed else sets


def _called(typed: str) -> Q:
    """By number, label of the cell, size, client, or a number the vehicle ever had."""
    wanted = Q(number__in=readings(typed)) | Q(cell__code__in=readings(typed))
    wanted |= Q(size__icontains=typed) | Q(contract__icontains=typed)
    if typed.isdigit():
        wanted |= Q(number__endswith=typed)
    for meant in (typed, *other_layout(typed)):
        wanted |= Q(depositor__in=finding.people(meant).values("pk"))
    for needle in value_needles(finding.folded(typed)[2]):
        wanted |= Q(vehicle__lookup__contains=needle)
    return wanted


def readings(code: str) -> list[str]:
    """How a scanned or typed code may be meant: in either keyboard layout and alphabet."""
    code = code.strip()
    cyrillic, latin = LOOK_ALIKES
    alike = [
        code.lower().translate(str.maketrans(cyrillic, latin)),
        code.lower().translate(str.maketrans(latin, cyrillic)),
    ]
    return [code, *(each.upper() for each in (code, *other_layout(code), *alike))]


def set_labelled(code: str) -> TireSet | None:
    """The set that wears this label. One statement."""
    return TireSet.objects.for_lists().filter(number__in=readings(code)).order_by("pk").first()


def cell_labelled(code: str) -> StorageCell | None:
    """The cell that wears this label. One statement."""
    cells = StorageCell.objects.annotate(upper=Upper("code"))
    return cells.filter(upper__in=readings(code)[1:]).order_by("pk").first()


def suited(*, tires: int, size: str, season: str) -> QuerySet[StorageCell]:
    """Cells with room for such a set, the best first: those kept for its season and diameter, then
    those it fills best, then along the racks."""
    cells = StorageCell.objects.with_room_for(tires).filter(season__in={"", season})
    if rim := rim_of(size):
        cells = cells.filter(Q(largest_rim=None) | Q(largest_rim__gte=rim))
    any_season = Case(When(season="", then=1), default=0, output_field=IntegerField())
    return cells.order_by(
        any_season,
        F("largest_rim").asc(nulls_last=True),
        F("capacity") - F("held"),
        *("store", "zone", "rack", "shelf", "position", "pk"),
    )


def one(pk: int) -> TireSet | None:
    """A set with all that its page and its papers show. One statement."""
    sets = TireSet.objects.for_lists().select_related("author", "cell__store")
    phone = Subquery(primary_phone("depositor").values("normalized")[:1])
    return sets.annotate(plate=current_plate("vehicle"), phone=phone).filter(pk=pk).first()


def changes_of(kept: TireSet) -> list[changes.Change]:
    """Who changed what of the set, from what to what."""
    history = apps.get_model("vehicles.TireSetHistory")
    return changes.changes_of(history.objects.filter(pgh_obj=kept))


def movements_of(kept: TireSet) -> Any:
    """What happened to the set, newest first. One statement."""
    return kept.movements.select_related("author").order_by("-at", "-pk")


def measurements_of(kept: TireSet) -> list[TireMeasurement]:
    """All that was measured of the set, by day and wheel, with photographs. Two statements."""
    order = {wheel: place for place, wheel in enumerate(TireMeasurement.Wheel.values)}
    photographed = Prefetch("photos", TirePhoto.objects.order_by("pk"))
    rows = kept.measurements.select_related("author").prefetch_related(photographed)
    rows = rows.order_by("taken_on", "pk")
    return sorted(rows, key=lambda each: (each.taken_on, order[each.wheel]))


def stores() -> list[TireStore]:
    """All stores, by name. One statement."""
    return list(TireStore.objects.order_by("name", "pk"))


def map_of(pk: int | None) -> tuple[TireStore | None, list[StorageCell], list[TireSet]]:
    """A store, or the first one, with its cells along the racks and the sets in them.

    Three statements.
    """
    known = TireStore.objects.filter(pk=pk) if pk else TireStore.objects.all()
    store = known.order_by("name", "pk").first()
    if store is None:
        return None, [], []
    sets = TireSet.objects.here().filter(cell__store=store).select_related("depositor")
    return store, list(store.cells.in_walking_order()), list(sets.order_by("pk"))


def offered(given: Mapping[str, str]) -> list[StorageCell]:
    """Cells that suit a set which is being written down, the best first. One statement."""
    tires = key(given.get("quantity")) or 4
    suits = suited(
        tires=min(tires, MOST),
        size=given.get("size", "").replace("\0", ""),
        season=given.get("season", "").replace("\0", ""),
    )
    return list(suits.select_related("store")[:OFFERED])


def pick_list() -> list[TireSet]:
    """The sets that are asked for, as one walks along the racks. One statement."""
    wanted = TireSet.objects.filter(state="requested").for_lists()
    return list(
        wanted.annotate(plate=current_plate("vehicle")).order_by(
            *(f"cell__{name}" for name in ("store", "zone", "rack", "shelf", "position")), "pk"
        )
    )


def of_seller(vehicle: int) -> list[TireSet]:
    """The sets of a car that are its present owner's and here. One statement."""
    owner = VehicleOwnership.objects.filter(vehicle=vehicle, role="owner", until=None)
    sets = TireSet.objects.here().filter(vehicle=vehicle)
    return list(sets.filter(depositor__in=owner.values("counterparty")).order_by("pk"))


@dataclass(frozen=True)
class CountResult:
    """What a count has found so far."""

    scans: list[TireScan]
    missing: list[TireSet]
    expected: int
    unknown: list[TireScan] = field(default_factory=list)
    elsewhere: list[TireScan] = field(default_factory=list)

    @property
    def found(self) -> int:
        return len(self.scans) - len(self.unknown)


def result_of(count: TireCount) -> CountResult:
    """What lies where it ought to, elsewhere, or nowhere. Two statements."""
    scans = list(count.scans.select_related("set__cell", "set__depositor").order_by("-at", "-pk"))
    here = TireSet.objects.here().filter(cell__store=count.store)
    if count.zone:
        here = here.filter(cell__zone=count.zone)
    expected = list(here.for_lists().order_by("cell__code", "pk"))
    seen = {scan.set_id for scan in scans}
    return CountResult(
        scans=scans,
        missing=[each for each in expected if each.pk not in seen],
        expected=len(expected),
        unknown=[scan for scan in scans if scan.set is None],
        elsewhere=[scan for scan in scans if scan.set and _lies_elsewhere(scan)],
    )


def _lies_elsewhere(scan: TireScan) -> bool:
    kept = scan.set
    if kept is None or not kept.is_here:
        return True
    return bool(scan.cell_code) and (kept.cell is None or kept.cell.code != scan.cell_code)


def counts_made() -> list[TireCount]:
    """The latest counts. One statement."""
    return list(TireCount.objects.select_related("store", "author").order_by("-pk")[:20])
