"""The search equals its oracle, whatever lies in the tables and whatever is asked."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Case, Value, When
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armclients.models import SearchCard, User
from armclients.workstation import search, statement
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import ClientFilter
from customers.models import Contact, Counterparty, DiscountCard
from tests import make
from tests.workstation import oracle, search_rows
from vehicles.models import Vehicle, VehicleOwnership, VehiclePlate

WORDS = [
    *("Иванов", "Иванова", "Петров", "Пётр", "Ёлкин", "Ель", "ООО", '"Лёд-Сервис"', "ИП"),
    *("Smith", "Smi", "и", "Ив", "24", "O'Neil"),
]
PHONES = ["+7 (908) 494-44-34", "89161112233", "9161112244", "+49 30 1234567", "916-22"]
MAILS = ["ivanov@mail.ru", "Ёж@Почта.рф", "@smith", "Лесная ул., 5"]
NUMBERS = [
    "А123ВС77",
    "n123ap",
    "NMTBM28E80R058037",
    "XTA210990Y1234567",
    "NZE121-1234567",
    "О001ОО",
]
BOXES = [
    "mine",
    "new_events",
    "open_orders",
    "reserved",
    "booked_today",
    "in_service",
    "awaiting_pickup",
]
KINDS = ["customer_order", "work_order", "request", "event"]


def text_of(pool: list[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pool), min_size=1, max_size=most).map(" ".join)


@dataclass
class ClientPlan:
    """One client of a random shop."""

    name: str
    full_name: str = ""
    contacts: list[str] = field(default_factory=list)
    card: int | None = None
    numbers: list[str] = field(default_factory=list)
    records: list[tuple[str, int, int]] = field(default_factory=list)


clients = st.builds(
    ClientPlan,
    name=text_of(WORDS, 3),
    full_name=st.one_of(st.just(""), text_of(WORDS, 2)),
    contacts=st.lists(st.sampled_from(PHONES + MAILS), max_size=2, unique=True),
    card=st.one_of(st.none(), st.integers(0, 3)),
    numbers=st.lists(st.sampled_from(NUMBERS), max_size=2),
    records=st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 8), st.integers(0, 2)), max_size=3
    ),
)


@st.composite
def piece(draw: Any, pool: list[str]) -> str:
    """A slice of something that may be there, as careless people type it."""
    text = draw(st.sampled_from(pool))
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    length = draw(st.sampled_from([1, 2, 3, 4, 7, 99]))
    careless = draw(st.sampled_from([str, str.lower, str.upper, lambda t: f" {t}- "]))
    return careless(text[start : start + length])


typed_name = st.one_of(
    st.just(""),
    piece(WORDS),
    st.lists(piece(WORDS), min_size=2, max_size=2).map(" ".join),
    piece(["29000", "%", "_", "\\"]),
)
typed_phone = st.one_of(
    st.just(""),
    piece(PHONES),
    piece(["79084944434", "89084944434", "8916", "+7 9", "+", "%"]),
    piece(MAILS),
)
typed_vehicle = st.one_of(st.just(""), piece(NUMBERS), piece(["A123BC77", "0580", "777"]))
queries = st.builds(
    lambda client, phone, vehicle, ticked: (
        {
            name: value
            for name, value in {"client": client, "phone": phone, "vehicle": vehicle}.items()
            if value
        }
        | dict.fromkeys(ticked, "on")
    ),
    client=typed_name,
    phone=st.one_of(st.just(""), st.just(""), typed_phone),
    vehicle=st.one_of(st.just(""), st.just(""), typed_vehicle),
    ticked=st.one_of(
        st.just([]), st.just([]), st.lists(st.sampled_from(BOXES), max_size=2, unique=True)
    ),
)


def build(shop: list[ClientPlan], users: list[User]) -> None:
    """The shop's rows, as few statements as there are tables."""
    rows = Counterparty.objects.bulk_create(
        [Counterparty(name=plan.name, full_name=plan.full_name) for plan in shop]
    )
    pairs = list(zip(shop, rows, strict=True))
    Contact.objects.bulk_create(
        [
            Contact(counterparty=row, kind=kind_of(value), value=value)
            for plan, row in pairs
            for value in plan.contacts
        ]
    )
    DiscountCard.objects.bulk_create(
        [
            DiscountCard(holder=row, number=f"2900{plan.card}-{row.pk}")
            for plan, row in pairs
            if plan.card is not None
        ]
    )
    links = [(row, number) for plan, row in pairs for number in plan.numbers]
    cars = Vehicle.objects.bulk_create(
        [
            Vehicle(vin=number[:17]) if n % 3 else Vehicle(body_number=number)
            for n, (_row, number) in enumerate(links)
        ]
    )
    VehiclePlate.objects.bulk_create(
        [
            VehiclePlate(vehicle=car, number=number[::-1], until=None if n % 2 else make.day())
            for n, (car, (_row, number)) in enumerate(zip(cars, links, strict=True))
        ]
    )
    VehicleOwnership.objects.bulk_create(
        [
            VehicleOwnership(vehicle=car, counterparty=row, until=make.day() if n % 3 else None)
            for n, (car, (row, _number)) in enumerate(zip(cars, links, strict=True))
        ]
    )
    for plan, row in pairs:
        for kind, state, who in plan.records:
            record(
                kind,
                state,
                row,
                {"author": users[0]} if who == 1 else {"manager": users[1]} if who else {},
            )


def kind_of(contact: str) -> str:
    if "@" in contact:
        return "telegram" if contact.startswith("@") else "email"
    return "address" if contact.startswith("Л") else "mobile"


def record(kind: str, state: int, client: Counterparty, people: dict[str, User]) -> None:
    """An event or a document of the client, in the state of this number."""
    if kind == "event":
        make.event(client, processed_at=None if state % 2 else make.NOW, **people)
        return
    names = {
        "customer_order": ["new", "issued", "closed", "cancelled"],
        "work_order": ["request", "in_progress", "completed", "closed", "refused"],
        "request": ["new", "cancelled", "no_show", ""],
    }[kind]
    chosen = names[state % len(names)]
    if kind == "request":
        make.request(client, state=chosen, slot=make.at(9, days=state % 2), **people)
        return
    made = getattr(make, kind)(client, state=chosen, **people)
    if state > 5 and chosen in ("new", "request", "in_progress"):
        make.reserve(make.goods(made))


@pytest.fixture
def small_stages(monkeypatch):
    """Lets an example choose how soon the statement leaves each of its stages."""

    def set_to(walk: int, cap: int, selective: int) -> None:
        monkeypatch.setattr(statement, "WALK", walk)
        monkeypatch.setattr(statement, "SELECTIVE", selective)
        for module in (statement, search):
            monkeypatch.setattr(module, "CAP", cap)

    return set_to


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    shop=st.lists(clients, max_size=14),
    asked=st.lists(queries, min_size=10, max_size=20),
    page=st.integers(1, 5),
    walk=st.integers(1, 8),
    cap=st.integers(1, 15),
    selective=st.integers(1, 6),
    hidden=st.one_of(st.just(set()), st.sets(st.sampled_from(sorted(oracle.EVERYTHING)))),
)
def test_pages_meaning_and_oracle_are_one(  # noqa: PLR0917 — hypothesis gives them by name
    anna, boris, small_stages, shop, asked, page, walk, cap, selective, hidden
):
    anna.chosen_layout, through = layout_of(hidden)
    with transaction.atomic():
        build(shop, [anna, boris])
        search_rows.assert_true()
        small_stages(walk, cap, selective)
        known = oracle.everyone(through)
        for query in asked:
            expected = oracle.search(query, known, user=anna.pk, today=make.TODAY)
            asking = ClientFilter(query, asking=Asking(anna))
            assert asking.form.is_valid()
            assert meaning(asking) == expected
            assert pages(asking, page) == (
                expected,
                {f"{cap}+" if len(expected) > cap else str(len(expected))},
            )
        transaction.set_rollback(True)


def layout_of(hidden: set[str]) -> tuple[dict[str, list[str]], set[str]]:
    """The layout without these sources, and what is still looked through."""
    kept, through = {}, set()
    for slug, sources in oracle.SOURCES.items():
        kept[slug] = [f"-{source}" if source in hidden else source for source in sources]
        # A field that looks through nothing looks through everything.
        through |= set(sources) - hidden or set(sources)
    return kept, through


def meaning(asking: ClientFilter) -> list[int]:
    """The plain queryset of what was typed, in the order of the contract."""
    prefix = asking.wanted.name_prefix
    starts = When(name_key__startswith=prefix, then=Value(0))
    typed = asking.wanted.of(SearchCard.objects.all())
    ordered = typed.annotate(rest=Case(starts, default=Value(1))).order_by("rest", "name_key", "pk")
    return list(ordered.values_list("pk", flat=True))


def pages(asking: ClientFilter, size: int) -> tuple[list[int], set[str]]:
    """All pages of the statement one after another, and the totals they gave."""
    keys, totals, after = [], set(), None
    while True:
        found = search.find(asking.wanted, after=after, size=size)
        keys += found.ids
        totals.add(found.total_shown)
        after = found.after
        if not after:
            return keys, totals
        assert len(found.ids) == size
