"""What follows from the season and the size of a tire: pure rules."""

import datetime
import re

# «205/55 R16», «31x10.5R15LT», «195/65ZR15», «185-14».
RIM = re.compile(r"(?:R|-)\s*(\d{2})(?:\D|$)", re.IGNORECASE)
# On these days clients come for their tires: winter ones in autumn, summer ones in spring.
CHANGES_ON = {"winter": (10, 15), "summer": (4, 1)}
# So long after that day a set may lie before it is overdue.
GRACE = datetime.timedelta(days=30)
NEAR = datetime.timedelta(days=14)
HALF_A_YEAR = datetime.timedelta(days=183)


def rim_of(size: str) -> int | None:
    """The diameter in inches that a size ends in.

    >>> rim_of("205/55 R16 91H"), rim_of("205/55"), rim_of("")
    (16, None, None)
    """
    found = RIM.search(size)
    return int(found[1]) if found else None


def next_change(season: str, today: datetime.date) -> datetime.date | None:
    """The day on which tires of that season are put on next; all-season ones stay on.

    >>> next_change("winter", datetime.date(2026, 4, 10))
    datetime.date(2026, 10, 15)
    >>> next_change("winter", datetime.date(2026, 10, 20))
    datetime.date(2027, 10, 15)
    """
    if season not in CHANGES_ON:
        return None
    change = datetime.date(today.year, *CHANGES_ON[season])
    return change if today <= change else datetime.date(today.year + 1, *CHANGES_ON[season])


def coming(today: datetime.date) -> list[str]:
    """The season whose tires are put on in two weeks or less, or were to be put on two weeks ago.

    >>> coming(datetime.date(2026, 10, 5)), coming(datetime.date(2026, 12, 5))
    (['winter'], [])
    """
    days = {season: datetime.date(today.year, *day) for season, day in CHANGES_ON.items()}
    return [season for season, day in days.items() if abs(today - day) <= NEAR]


def kept_until(season: str, today: datetime.date) -> datetime.date:
    """For how long a set taken in today is kept by custom."""
    change = next_change(season, today)
    return change + GRACE if change else today + HALF_A_YEAR


def season_to_store(today: datetime.date) -> str:
    """What clients bring at this time of the year: winter tires in spring, summer tires in autumn.

    >>> season_to_store(datetime.date(2026, 4, 10)), season_to_store(datetime.date(2026, 11, 3))
    ('winter', 'summer')
    """
    spring, autumn = (datetime.date(today.year, *CHANGES_ON[s]) for s in ("summer", "winter"))
    half = datetime.timedelta(days=30)
    return "winter" if spring - half <= today < autumn - half else "summer"
