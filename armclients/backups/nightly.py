"""The backup nobody has to think of: when it is due, which old ones stay, when the last one was."""

import datetime
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from armclients.backups import taking
from armclients.backups.archive import SUFFIX

# One of each of so many last days, weeks and months stays.
DAYS, WEEKS, MONTHS = 7, 4, 12
NIGHT = range(2, 5)  # by the clock on the wall
# A little less than a day: asked by the hour, it would else come an hour later every day.
RIPE_BY_DAY = datetime.timedelta(hours=23, minutes=30)
RIPE_BY_NIGHT = datetime.timedelta(hours=12)
OLD = datetime.timedelta(days=2)
ABANDONED = datetime.timedelta(days=1)


def keep_up(now: datetime.datetime) -> None:
    """The embedded server has a fresh backup, and the old ones are thinned out.

    A server of the shop's own has its own administrator, who decides.
    """
    if settings.DATABASE_URL or not is_due(now, last()):
        return
    taking.take(folder() / taking.name_of_now())
    thin_out(folder(), now)


def folder() -> Path:
    """A folder of its own, so that what people put beside it is never thinned out."""
    return taking.folder() / "nightly"


def is_due(now: datetime.datetime, last: datetime.datetime | None) -> bool:
    """At night; or, where computers are off at night, whenever the last one is a day old."""
    if last is None:
        return True
    is_night = now.astimezone(timezone.get_default_timezone()).hour in NIGHT
    return now - last >= (RIPE_BY_NIGHT if is_night else RIPE_BY_DAY)


def last() -> datetime.datetime | None:
    """When the newest backup in the folder of backups was finished, whoever asked for it."""
    times = []
    for path in taking.folder().rglob(f"*{SUFFIX}"):
        if not path.parent.name.startswith(taking.DRAFT):
            with suppress(FileNotFoundError):
                times.append(path.stat().st_mtime)
    return datetime.datetime.fromtimestamp(max(times), datetime.UTC) if times else None


def is_old(now: datetime.datetime, last: datetime.datetime | None) -> bool:
    """Whether somebody must look: the last one is old, or the product's own never came."""
    return now - last > OLD if last else not settings.DATABASE_URL


def thin_out(folder: Path, now: datetime.datetime) -> None:
    """Only backups that are to stay are left, and no draft of a process that died."""
    dated = {}
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(ValueError):
            dated[path] = datetime.datetime.strptime(path.name, taking.NAMED)  # noqa: DTZ007 — of the wall
    stay = staying(dated.values())
    for path, at in dated.items():
        if at not in stay:
            path.unlink()
    for draft in folder.glob(f"{taking.DRAFT}*"):
        if now.timestamp() - draft.stat().st_mtime > ABANDONED.total_seconds():
            shutil.rmtree(draft, ignore_errors=True)


def staying(times: Iterable[datetime.datetime]) -> set[datetime.datetime]:
    """The newest of each of the last days, weeks and months that have one."""
    newest_first = sorted(times, reverse=True)
    stay: set[datetime.datetime] = set()
    periods: list[tuple[int, Callable[[datetime.datetime], object]]] = [
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    ]
    for many, period in periods:
        newest: dict[object, datetime.datetime] = {}
        for at in newest_first:
            newest.setdefault(period(at), at)
        stay.update(list(newest.values())[:many])
    return stay
