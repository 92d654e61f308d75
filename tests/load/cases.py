"""What is asked: terms drawn from the base, so that frequent names come as often as in life."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from armclients.kit.text import in_latin, other_layout
from armclients.models import User
from armclients.workstation import tabs
from armclients.workstation.criteria import BOXES, Asking
from armclients.workstation.filters import ClientFilter
from armclients.workstation.search import find

SEED = 7
DRAWN = 40  # different terms of a case
MIX = 1500
PAGE = 20


@dataclass(frozen=True)
class Case:
    """One line of the table: addresses that ask the same kind of question."""

    name: str
    addresses: Sequence[str]
    # What HTMX would swap; None asks for the whole page.
    target: str | None = "results"
    # The same questions as one types them into Django admin.
    typed: Sequence[str] = ()
    queries: Sequence[dict[str, str]] = field(default=(), repr=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"HX-Request": "true", "HX-Target": self.target} if self.target else {}


@dataclass(frozen=True)
class Drawn:
    """One client as the terms need them."""

    customer: int
    name: str
    phone: str
    shown_phone: str
    vehicle: int | None
    plate: str
    vin: str


def all_cases(size: int, user: User) -> list[Case]:
    rng = Random(SEED)
    people = _people(rng, size)
    drivers = [each for each in people if each.plate and each.vin]
    return [
        *_by_name(rng, size),
        *_by_number(people, drivers),
        *_by_boxes(rng, size),
        *_misspelt(rng, size, people, drivers),
        *_by_further(drivers),
        _search(
            "three fields at once",
            [
                {"client": who.name[:4], "phone": who.phone[-4:], "vehicle": digits(who.plate)}
                for who in drivers[:DRAWN]
            ],
        ),
        _twentieth_page(size, user),
        _search("random mix", [_anything(rng, people, drivers) for _ in range(MIX)]),
        *_screens(rng, size, people, drivers),
    ]


def digits(plate: str) -> str:
    return re.sub(r"\D", "", plate[:6])


def _search(name: str, queries: list[dict[str, str]], typed: Sequence[str] = ()) -> Case:
    return Case(name, [f"/?{urlencode(query)}" for query in queries], typed=typed, queries=queries)


def _by_name(rng: Random, size: int) -> list[Case]:
    """Surnames by how many have them."""
    frequent, middling, rare = _surnames(rng, size)
    nobody = [f"{name[:3]}ъхщ{name[-3:]}" for name in middling]
    named = {
        "name: 1 letter": [name[0] for name in frequent],
        "name: frequent": frequent,
        "name: middling": middling,
        "name: rare": rare,
        "name: none": nobody,
        "name: two words": [f"{name} {given}" for name in frequent for given in ("сер", "алекс")],
    }
    return [
        _search(name, [{"client": word} for word in words], typed=words)
        for name, words in named.items()
    ]


def _by_number(people: list[Drawn], drivers: list[Drawn]) -> list[Case]:
    cases = [
        _search(
            f"phone: {length} digits",
            [{"phone": who.phone[-length:]} for who in people[:DRAWN]],
            typed=[_as_stored(who.shown_phone, length) for who in people[:DRAWN]],
        )
        for length in (4, 7, 10)
    ]
    numbers = {
        "plate": [who.plate for who in drivers[:DRAWN]],
        "plate: digits": [digits(who.plate) for who in drivers[:DRAWN]],
        "VIN: last 6": [who.vin[-6:] for who in drivers[:DRAWN]],
    }
    return cases + [
        _search(name, [{"vehicle": number} for number in found], typed=found)
        for name, found in numbers.items()
    ]


def _as_stored(shown: str, length: int) -> str:
    """The end of a phone with its punctuation: the only way Django admin can find it."""
    places = [place for place, character in enumerate(shown) if character.isdigit()]
    return shown[places[-length] :]


def _by_boxes(rng: Random, size: int) -> list[Case]:
    frequent, _middling, _rare = _surnames(rng, size)
    return [
        *(_search(f"box: {box.slug}", [{box.slug: "on"}]) for box in BOXES),
        _search("box and name", [{"client": name, "mine": "on"} for name in frequent]),
    ]


def _misspelt(rng: Random, size: int, people: list[Drawn], drivers: list[Drawn]) -> list[Case]:
    """The same words as above as fingers in a hurry give them: each stands beside its plain one."""
    frequent, middling, _rare = _surnames(rng, size)
    return [
        *(
            _search(f"{name}, {label}", [{"client": spell(word)} for word in words])
            for name, words in (("name: frequent", frequent), ("name: middling", middling))
            for label, spell in (
                ("wrong layout", lambda word: other_layout(word)[0]),
                ("in Latin", lambda word: in_latin(word)[0]),
                ("one slip", lambda word: swapped(word, 3)),
            )
        ),
        _search("phone, one slip", [{"phone": swapped(who.phone, 7)} for who in people[:DRAWN]]),
        _search(
            "plate, wrong layout",
            [{"vehicle": other_layout(who.plate)[0]} for who in drivers[:DRAWN]],
        ),
        _search("VIN, one slip", [{"vehicle": swapped(who.vin, 13)} for who in drivers[:DRAWN]]),
    ]


def swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _by_further(drivers: list[Drawn]) -> list[Case]:
    """«Доп.»: one that many fit, one of a car, and some with a name."""
    return [
        _search("debt", [{"debt": "on"}]),
        _search("model, year", [{"model": "corolla", "year": str(y)} for y in range(2005, 2020)]),
        _search(
            "name, debt, model",
            [{"client": who.name[:4], "debt": "on", "model": "toyota"} for who in drivers[:DRAWN]],
        ),
    ]


def _twentieth_page(size: int, user: User) -> Case:
    """Where the cursor stands after nineteen pages of the most frequent surnames."""
    queries = []
    for name in _surnames(Random(SEED), size)[0][:5]:
        wanted = _wanted({"client": name}, user)
        after = ""
        for _ in range(PAGE - 1):
            after = find(wanted, after=after).after or after
        queries.append({"client": name, "after": after})
    return _search("20th page", queries)


def _wanted(query: dict[str, str], user: User) -> Any:
    search = ClientFilter(query, asking=Asking(user))
    search.form.full_clean()
    return search.wanted


def wanted_of(case: Case, user: User) -> list[Any]:
    """The searches of a case, folded: what its statement alone is asked for."""
    return [_wanted(query, user) for query in case.queries]


def _anything(rng: Random, people: list[Drawn], drivers: list[Drawn]) -> dict[str, str]:
    """The mix that the goals were set for: see the shares below."""
    who, driver = rng.choice(people), rng.choice(drivers)
    words = who.name.split()
    kind = rng.choices(("name", "phone", "vehicle", "box", "mine"), (35, 25, 25, 10, 5))[0]
    query: dict[str, str] = {
        "name": lambda: {"client": " ".join(words[: rng.choice((1, 2))])},
        "phone": lambda: {"phone": who.phone[-rng.choice((4, 7, 10)) :]},
        "vehicle": lambda: {"vehicle": rng.choice((digits(driver.plate), driver.vin[-7:]))},
        "box": lambda: {rng.choice(BOXES).slug: "on"},
        "mine": lambda: {"client": words[0], "mine": "on"},
    }[kind]()
    if "client" not in query and rng.random() < 0.1:
        query["client"] = who.name[:3]
    return query


def _screens(rng: Random, size: int, people: list[Drawn], drivers: list[Drawn]) -> list[Case]:
    """What opens when a client was chosen."""
    chosen = [who.customer for who in people[:DRAWN]]
    frequent = _surnames(rng, size)[0]
    panels = [
        Case(
            "client's card" if tab.slug == "info" else f"tab: {tab.slug}",
            [reverse(tab.view_name, args=[pk]) for pk in chosen],
            target="panel",
        )
        for tab in tabs.TABS
    ]
    return [
        *panels,
        Case(
            "vehicle's card",
            [reverse("vehicle_info", args=[who.vehicle]) for who in drivers[:DRAWN]],
            target="car",
        ),
        Case("typing: screen", [f"/?{urlencode({'client': name})}" for name in frequent], "screen"),
        Case("whole page: empty", ["/"], target=None),
        Case("whole page: client", [f"/?customer={pk}" for pk in chosen], target=None),
    ]


# Drawing from the base


def _people(rng: Random, size: int) -> list[Drawn]:
    """Clients from anywhere in the base, in the order they were drawn."""
    keys = rng.sample(range(1, size + 1), 1200)
    rows = _asked(
        """
        SELECT c.id, s.name_key, t.normalized, t.value, o.vehicle_id,
               coalesce(p.number, ''), coalesce(v.vin, '')
          FROM customers_counterparty c
          JOIN armclients_searchcard s ON s.customer_id = c.id
          JOIN customers_contact t ON t.counterparty_id = c.id AND t.is_primary
          LEFT JOIN LATERAL (SELECT vehicle_id FROM vehicles_vehicleownership
                              WHERE counterparty_id = c.id AND until IS NULL
                              ORDER BY vehicle_id LIMIT 1) o ON true
          LEFT JOIN vehicles_vehicle v ON v.id = o.vehicle_id
          LEFT JOIN vehicles_vehicleplate p ON p.vehicle_id = v.id AND p.until IS NULL
         WHERE c.id = ANY(%s) AND c.legal_form = 'person'
         ORDER BY array_position(%s, c.id::integer)
        """,
        [keys, keys],
    )
    return [Drawn(*row) for row in rows]


def _surnames(rng: Random, size: int) -> tuple[list[str], list[str], list[str]]:
    """The ten most frequent, some that one client in a thousand has, and some of a handful."""
    counted = _asked(
        "SELECT lower(split_part(name_key, ' ', 1)) AS word, count(*) AS bearers"
        "  FROM armclients_searchcard WHERE name_key !~ '^(ООО|АО|ИП) '"
        " GROUP BY 1 ORDER BY 2 DESC, 1",
    )
    frequent = [word for word, _bearers in counted[:10]]
    middling = [word for word, n in counted if size / 2000 <= n <= size / 500]
    rare = [word for word, n in counted if n <= 10]
    return (
        frequent,
        rng.sample(middling, min(DRAWN, len(middling))),
        rng.sample(rare, min(DRAWN, len(rare))),
    )


def _asked(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
