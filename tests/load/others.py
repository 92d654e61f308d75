"""People who work while an import runs: one searches, one mends phones."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from armclients.workstation.search import find
from armclients.workstation.wanted import Wanted
from tests.load.measure import Timing

CLIENTS = 300
PAUSE = 0.05  # seconds between two deeds of one person
SEED = 20201020
SURNAMES = ("Иванов", "Смирнов", "Кузнецов", "Щедрин", "Яковлев")


@contextmanager
def at_work() -> Iterator[dict[str, Timing]]:
    """How long their deeds took, filled while the block runs."""
    clients = _clients()
    answers = {"a search": Timing(), "a phone saved": Timing()}
    ended = threading.Event()
    people = [
        threading.Thread(target=_works, args=(deed, timing, ended, clients), daemon=True)
        for deed, timing in zip((_search, _save), answers.values(), strict=True)
    ]
    for person in people:
        person.start()
    try:
        yield answers
    finally:
        ended.set()
        for person in people:
            person.join()


def _clients() -> list[int]:
    """The few clients the shop entered by hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO customers_counterparty
                   (kind, legal_form, name, full_name, inn, kpp, comment, attention, attention_text,
                    source)
            SELECT 'buyer', 'person', (%s::text[])[1 + n %% %s] || ' Клиент ' || n, '', '', '', '',
                   '', '', ''
              FROM generate_series(1, %s) AS n RETURNING id
            """,
            [list(SURNAMES), len(SURNAMES), CLIENTS],
        )
        clients = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(
            """
            INSERT INTO customers_contact (counterparty_id, kind, value, person, is_primary)
            SELECT id, 'mobile', '8916' || lpad(id::text, 7, '0'), '', true
              FROM customers_counterparty
            """
        )
    return clients


def _works(
    deed: Callable[[random.Random, list[int]], None],
    timing: Timing,
    ended: threading.Event,
    clients: list[int],
) -> None:
    chance = random.Random(SEED)
    while not ended.wait(PAUSE):
        begun = time.perf_counter()
        try:
            deed(chance, clients)
        except DatabaseError:
            timing.failures += 1
        timing.seconds.append(time.perf_counter() - begun)
    connection.close()


def _search(chance: random.Random, clients: list[int]) -> None:
    """By a surname, by a phone or by a plate."""
    surname, digits = chance.choice(SURNAMES).upper(), str(chance.choice(clients))
    find(
        chance.choice(
            (
                Wanted(name_prefix=surname, names=(surname,)),
                Wanted(contacts=(f"7916{digits:0>7}",)),
                Wanted(vehicles=(f"{digits:0>3}",)),
            )
        )
    )


def _save(chance: random.Random, clients: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_contact SET value = %s WHERE counterparty_id = %s AND is_primary",
            [f"8916{chance.randrange(10**7):07}", chance.choice(clients)],
        )
