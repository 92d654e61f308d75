"""The calendar of bays and masters: who works when, what is held, and where a window is free."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from orders.models import Bay, Branch, RepairRequest, Slot, WorkingHours
from orders.queries import branches
from orders.states import UNFINISHED
from vehicles import queries as vehicles

BAYS, MASTERS = "bay", "master"
# Without any hours in the dictionary a branch works like this, every day.
OPENS, CLOSES = datetime.time(9), datetime.time(20)
# A booking begins at a quarter of an hour.
STEP = datetime.timedelta(minutes=15)
# How far ahead a free window is looked for.
AHEAD = 30
WAITING_SHOWN = 30

Period = tuple[datetime.datetime, datetime.datetime]


@dataclass(frozen=True)
class Scarce:
    """A bay or a master: what only one booking can have at a time."""

    kind: str
    pk: int
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class Window:
    """A free stretch of time on a bay, or of a master."""

    at: datetime.datetime
    until: datetime.datetime
    on: Scarce


@dataclass
class Day:
    """What one bay or master does on a day: open hours and bookings."""

    on: Scarce
    day: datetime.date
    hours: list[Period] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    @property
    def capacity(self) -> datetime.timedelta:
        return sum((until - since for since, until in self.hours), datetime.timedelta())

    @property
    def booked(self) -> datetime.timedelta:
        return sum((slot.end_at - slot.start_at for slot in self.slots), datetime.timedelta())


def branch_of(user: Any, asked: int | None = None) -> Branch | None:
    """The branch asked for, else where the user works, else the first. One statement at most."""
    if asked and (branch := Branch.objects.filter(pk=asked).first()):
        return branch
    return branches.of_user(user)


def midnights(branch: Branch, first: datetime.date, days: int = 1) -> Period:
    """From when until when these days last on the branch's clock."""
    start = datetime.datetime.combine(first, datetime.time(), branch.zone)
    end = datetime.datetime.combine(
        first + datetime.timedelta(days=days), datetime.time(), branch.zone
    )
    return start, end


def bays_of(branch: Branch) -> list[Scarce]:
    """The bays of a branch, by name. One statement."""
    return [
        Scarce(BAYS, bay.pk, bay.name)
        for bay in Bay.objects.filter(branch=branch).order_by("name", "pk")
    ]


def masters() -> Any:
    """Whoever is a master by role."""
    people = get_user_model().objects.filter(is_active=True, groups__name="master")
    return people.order_by("full_name", "username", "pk")


def masters_of(branch: Branch) -> list[Scarce]:
    """The masters of a branch: by their workplace, or by hours of theirs. One statement."""
    own = WorkingHours.objects.filter(branch=branch, master=OuterRef("pk"))
    here = masters().filter(Q(workplace__branch=branch) | Q(workplace=None) | Exists(own))
    return [Scarce(MASTERS, person.pk, person.short_name) for person in here]


def slots_between(branch: Branch, since: datetime.datetime, until: datetime.datetime) -> list[Slot]:
    """All that is booked in a branch then, no-shows too, as a block shows it. One statement."""
    slots = Slot.objects.filter(
        Q(request__branch=branch) | Q(bay__branch=branch), start_at__lt=until, end_at__gt=since
    ).exclude(request__state="cancelled")
    rows = slots.select_related(
        "request__counterparty",
        "request__vehicle__model__make",
        "request__repair_kind",
        "bay",
        "master",
    ).annotate(plate=vehicles.current_plate("request__vehicle"))
    return list(rows.order_by("start_at", "pk"))


def waiting_in(branch: Branch) -> list[RepairRequest]:
    """Who waits for a time: requests without a slot, the oldest first. One statement."""
    everybody: QuerySet[Any] = RepairRequest.objects.all()
    requests = everybody.filter(
        ~Exists(Slot.objects.filter(request=OuterRef("pk"))),
        branch=branch,
        state__in=UNFINISHED["repair_request"],
    ).select_related("counterparty", "vehicle__model__make", "repair_kind")
    return list(requests.order_by("date", "pk")[:WAITING_SHOWN])


# A bay or a master with hours of their own works by these, others as the branch.
OPEN = """
    WITH days AS (
        SELECT d::date AS day
          FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS d
    ), scarce AS (
        SELECT s.id, EXISTS (SELECT FROM orders_workinghours w
                              WHERE w.branch_id = %(branch)s AND w.{kind}_id = s.id) AS has_own
          FROM unnest(%(keys)s::bigint[]) AS s (id)
    ), opened AS (
        SELECT s.id, d.day,
               range_agg(tstzrange((d.day + h.opens) AT TIME ZONE %(zone)s,
                                   (d.day + h.closes) AT TIME ZONE %(zone)s)) AS hours
          FROM scarce s
          CROSS JOIN days d
          JOIN LATERAL (
               SELECT w.opens, w.closes FROM orders_workinghours w
                WHERE w.branch_id = %(branch)s AND w.weekday = extract(isodow FROM d.day)
                  AND CASE WHEN s.has_own THEN w.{kind}_id = s.id
                           ELSE w.bay_id IS NULL AND w.master_id IS NULL END
               UNION ALL
               SELECT %(opens)s::time, %(closes)s::time
                WHERE NOT s.has_own
                  AND NOT EXISTS (SELECT FROM orders_workinghours w WHERE w.branch_id = %(branch)s
                                     AND w.bay_id IS NULL AND w.master_id IS NULL)
               ) AS h ON true
         WHERE NOT EXISTS (
               SELECT FROM orders_dayoff o
                WHERE o.branch_id = %(branch)s AND d.day BETWEEN o.since AND o.until
                  AND (o.{kind}_id = s.id OR (o.bay_id IS NULL AND o.master_id IS NULL)))
         GROUP BY s.id, d.day
    )
"""
HOURS = """
    SELECT id, day, lower(each), upper(each) FROM opened, unnest(hours) AS each
     ORDER BY day, id, each
"""
# What is open, without what is held; a window begins at a quarter, and not in the past.
FREE = """
    , held AS (
        SELECT t.{kind}_id AS id, range_agg(tstzrange(t.start_at, t.end_at)) AS hours
          FROM orders_slot t
         WHERE t.is_held AND t.{kind}_id = ANY (%(keys)s)
           AND t.end_at > %(since)s AND t.start_at < %(before)s
         GROUP BY t.{kind}_id
    ), free AS (
        SELECT o.id, upper(each) AS until,
               date_bin(%(step)s, greatest(lower(each), %(since)s) + %(step)s
                        - interval '1 microsecond', 'epoch'::timestamptz) AS at
          FROM opened o
          LEFT JOIN held h ON h.id = o.id,
               unnest(o.hours * %(wanted)s::tstzmultirange
                      - coalesce(h.hours, '{{}}'::tstzmultirange)) AS each
    )
    SELECT at, until, id FROM free
     WHERE until - at >= %(length)s
     ORDER BY at, array_position(%(keys)s, id) LIMIT %(limit)s
"""


def hours_of(
    branch: Branch, on: Sequence[Scarce], first: datetime.date, days: int
) -> dict[tuple[int, datetime.date], list[Period]]:
    """When each of these bays, or of these masters, works on each of the days. One statement."""
    found: dict[tuple[int, datetime.date], list[Period]] = {}
    if on:
        with connection.cursor() as cursor:
            cursor.execute((OPEN + HOURS).format(kind=on[0].kind), _asked(branch, on, first, days))
            for pk, day, since, until in cursor.fetchall():
                found.setdefault((pk, day), []).append((since, until))
    return found


def is_shut(branch: Branch, on: Scarce, since: datetime.datetime, until: datetime.datetime) -> bool:
    """Whether it does not work when that begins, or when that ends. One statement."""
    first, last = (at.astimezone(branch.zone).date() for at in (since, until))
    hours = hours_of(branch, [on], first, (last - first).days + 1)
    periods = [period for found in hours.values() for period in found]
    begins = any(opens <= since < closes for opens, closes in periods)
    ends = any(opens < until <= closes for opens, closes in periods)
    return not (begins and ends)


def free_windows(
    branch: Branch,
    on: Sequence[Scarce],
    *,
    length: datetime.timedelta,
    since: datetime.datetime,
    within: Iterable[Period] = (),
    limit: int = 1,
) -> list[Window]:
    """The first windows of this length, within working hours, soonest first. One statement.

    `within` narrows them to given stretches: the free time of a master, say.
    """
    if not on:
        return []
    since = since.astimezone(branch.zone)
    wanted = ",".join(f"[{begin.isoformat()},{end.isoformat()})" for begin, end in within)
    asked = _asked(branch, on, since.date(), AHEAD) | {
        "since": since,
        "before": since + datetime.timedelta(days=AHEAD + 1),
        "step": STEP,
        "length": length,
        "wanted": f"{{{wanted or '(,)'}}}",
        "limit": limit,
    }
    named = {each.pk: each for each in on}
    with connection.cursor() as cursor:
        cursor.execute((OPEN + FREE).format(kind=on[0].kind), asked)
        return [Window(at, until, named[pk]) for at, until, pk in cursor.fetchall()]


def _asked(branch: Branch, on: Sequence[Scarce], first: datetime.date, days: int) -> dict[str, Any]:
    return {
        "branch": branch.pk,
        "zone": branch.timezone,
        "keys": [each.pk for each in on],
        "first": first,
        "last": first + datetime.timedelta(days=days - 1),
        "opens": OPENS,
        "closes": CLOSES,
    }


def soonest(
    branch: Branch,
    *,
    length: datetime.timedelta,
    since: datetime.datetime,
    bay: int | None = None,
    master: int | None = None,
    limit: int = 1,
) -> list[Window]:
    """The first free windows on the bays, or on one, while the master, if one is asked for, is
    free too. At most four statements."""
    bays = [each for each in bays_of(branch) if bay in (None, each.pk)]
    within: list[Period] = []
    if master:
        person = [Scarce(MASTERS, master, "")]
        theirs = free_windows(branch, person, length=length, since=since, limit=AHEAD * 10)
        within = [(window.at, window.until) for window in theirs]
        if not within:
            return []
    return free_windows(branch, bays, length=length, since=since, within=within, limit=limit)


def days_of(
    branch: Branch, on: Sequence[Scarce], slots: Iterable[Slot], first: datetime.date, days: int
) -> list[list[Day]]:
    """For each bay or master its days, with hours and what is held then. One statement."""
    hours = hours_of(branch, on, first, days)
    dates = [first + datetime.timedelta(days=n) for n in range(days)]
    table = {
        (each.pk, day): Day(each, day, hours.get((each.pk, day), []))
        for each in on
        for day in dates
    }
    kind = on[0].kind if on else BAYS
    for slot in slots:
        day = slot.start_at.astimezone(branch.zone).date()
        place = table.get((getattr(slot, f"{kind}_id"), max(day, first)))
        if place and slot.is_held:
            place.slots.append(slot)
    return [[table[each.pk, day] for day in dates] for each in on]
