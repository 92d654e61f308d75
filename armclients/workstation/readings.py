"""How a search may be understood: as typed first, then the guesses, the nearest first.

Each floor reads what it knows; here the readings of the three fields meet.
"""

from collections.abc import Sequence
from itertools import product

from customers.identity import Reading, name_readings, phone_readings
from vehicles.identity import vehicle_readings

READERS = (name_readings, phone_readings, vehicle_readings)
# So many are tried together, the text as typed among them.
MOST = 12


def understandings(typed: Sequence[str]) -> list[tuple[Reading, ...]]:
    """What client, phone and vehicle field may mean together; an empty field means nothing.

    >>> understandings(["bdfyjd", "", ""])[:2]
    [(('bdfyjd',), (), ()), (('иванов',), (), ())]
    """
    by_field = [read(text) if text else [()] for read, text in zip(READERS, typed, strict=True)]
    guesses = product(*(range(len(readings)) for readings in by_field))
    return [
        tuple(readings[n] for readings, n in zip(by_field, guess, strict=True))
        for guess in sorted(guesses, key=sum)[:MOST]
    ]
