"""What a VIN tells: offered, never forced."""

from dataclasses import dataclass

from vininfo import Vin
from vininfo.exceptions import VininfoException

from vehicles.identity import joined

# What the library calls the maker, and how everybody calls its cars.
SOLD_AS = {"AvtoVAZ": "LADA", "UnsupportedBrand": ""}


@dataclass(frozen=True)
class Told:
    """The maker, and the years that the tenth character may mean, the latest first."""

    make: str
    years: tuple[int, ...]


def told_by(typed: str, *, until: int) -> Told | None:
    """What the VIN tells of a vehicle that is no younger than the year `until`, or nothing.

    >>> told_by("XTA21099012345678", until=2030)
    Told(make='LADA', years=(2001,))
    """
    try:
        vin = Vin(joined(typed))
        make, years = vin.manufacturer or "", tuple(year for year in vin.years if year <= until)
    except VininfoException:
        return None
    make = SOLD_AS.get(make, make.upper())
    return Told(make, tuple(sorted(years, reverse=True))) if make or years else None
