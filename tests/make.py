"""Records with honest defaults. Each function takes what the test is about and invents the rest."""

import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from armclients.models import CallTarget, User, Workplace
from customers.actions import merges, messages
from customers.models import (
    Call,
    Consent,
    Contact,
    Counterparty,
    CustomerMerge,
    DiscountCard,
    Event,
    MessageTemplate,
    OutgoingMessage,
    PriceType,
)
from orders.models import (
    Bay,
    Branch,
    CustomerOrder,
    Document,
    Estimate,
    Invoice,
    Payment,
    RepairKind,
    RepairRequest,
    Sale,
    Slot,
    Visit,
    WorkLine,
    WorkOrder,
)
from tests.findings import defect, deferred, photo, picture  # noqa: F401 — given out from here
from tests.wares import (  # noqa: F401 — given out from here
    cart,
    goods,
    hour_price,
    labor,
    marking_code,
    part,
    part_price,
    receipt,
    reserve,
    selection,
    stock,
)
from vehicles.models import (
    Make,
    OdometerReading,
    Vehicle,
    VehicleModel,
    VehicleOwnership,
    VehiclePlate,
)

MOSCOW = ZoneInfo("Europe/Moscow")
# Far ahead, because the search row forgets days that are really over.
TODAY = datetime.date(2041, 3, 12)
NOW = datetime.datetime.combine(TODAY, datetime.time(11, 30), MOSCOW)

_numbers = count(1)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime.datetime:
    """A moment of today, or of another day, on Moscow's clock."""
    day = TODAY + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour, minute), MOSCOW)


def day(days: int = 0) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


# People who work here


def user(username: str = "", *, role: str = "", **facts: Any) -> User:
    """A user without a password: `force_login` needs none."""
    person = User(username=username or f"user{next(_numbers)}", **facts)
    person.set_unusable_password()
    person.save()
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


def workplace(user: User, branch: Branch) -> Workplace:
    return Workplace.objects.create(user=user, branch=branch)


# Clients


def client(name: str = "", **facts: Any) -> Counterparty:
    return Counterparty.objects.create(name=name or f"Клиентов {next(_numbers)}", **facts)


def contact(
    counterparty: Counterparty, value: str = "", *, kind: str = "", **facts: Any
) -> Contact:
    value = value or f"+7 (900) {next(_numbers):07}"
    kind = kind or ("email" if "@" in value else "mobile")
    return Contact.objects.create(counterparty=counterparty, value=value, kind=kind, **facts)


def consent(counterparty: Counterparty, purpose: str = "processing", **facts: Any) -> Consent:
    given = {"purpose": purpose, "given_at": at(9)} | facts
    return Consent.objects.create(counterparty=counterparty, **given)


def merge(kept: Counterparty, other: Counterparty | None = None) -> CustomerMerge:
    """Another client's card has gone into this one."""
    other = other or client()
    return merges.merge(kept.pk, other=other.pk, reason="Дважды заведён", by=None, at=NOW)


def card(holder: Counterparty, number: str = "", **facts: Any) -> DiscountCard:
    number = number or f"{2_900_000_000 + next(_numbers)}"
    return DiscountCard.objects.create(holder=holder, number=number, **facts)


def price_type(name: str = "Розничная", **facts: Any) -> PriceType:
    scope = facts.pop("scope", "goods")
    return PriceType.objects.get_or_create(name=name, scope=scope, defaults=facts)[0]


def event(counterparty: Counterparty | None = None, **facts: Any) -> Event:
    """An outgoing call that is done; `processed_at=None` makes it new."""
    done = {"kind": "call_out", "occurred_at": at(10), "processed_at": at(10)}
    return Event.objects.create(counterparty=counterparty, **done | facts)


def call(**facts: Any) -> Call:
    """An incoming one that rings."""
    rings = {"direction": "in", "state": "ringing", "started_at": NOW, "provider": "generic"}
    return Call.objects.create(**rings | {"external_id": f"call{next(_numbers)}"} | facts)


def call_target(of: Counterparty, **facts: Any) -> CallTarget:
    """A client not seen for long, whom one may call to advertise."""
    due = {"why": "absent", "due_on": TODAY, "last_visit_on": TODAY, "may_advertise": True}
    return CallTarget.objects.create(customer=of, **due | facts)


def template(text: str = "Ждём вас", **facts: Any) -> MessageTemplate:
    named = {"name": f"Шаблон {next(_numbers)}", "text": text}
    return MessageTemplate.objects.create(**named | facts)


def message(counterparty: Counterparty, **facts: Any) -> OutgoingMessage:
    """An SMS about the client's order, queued by the action as the screen does it."""
    given = {
        "channel": "sms",
        "purpose": "service",
        "recipient": "79084944434",
        "text": "Ждём вас",
        "key": f"test-{next(_numbers)}",
        "by": None,
        "at": NOW,
    }
    return messages.queue(customer=counterparty, **given | facts)


# Vehicles


def model(make: str = "TOYOTA", name: str = "COROLLA седан (_E12J_,_E12T_)") -> VehicleModel:
    known, _created = Make.objects.get_or_create(name=make)
    return VehicleModel.objects.get_or_create(make=known, name=name)[0]


def vehicle(owner: Counterparty | None = None, *, plate: str = "", **facts: Any) -> Vehicle:
    """A car; with its owner and its plate, where they are given."""
    facts.setdefault("model", model())
    car = Vehicle.objects.create(**facts)
    if owner:
        ownership(car, owner)
    if plate:
        plate_of(car, plate)
    return car


def ownership(vehicle: Vehicle, counterparty: Counterparty, **facts: Any) -> VehicleOwnership:
    return VehicleOwnership.objects.create(vehicle=vehicle, counterparty=counterparty, **facts)


def plate_of(vehicle: Vehicle, number: str, **facts: Any) -> VehiclePlate:
    return VehiclePlate.objects.create(vehicle=vehicle, number=number, **facts)


def odometer(vehicle: Vehicle, km: int, **facts: Any) -> OdometerReading:
    return OdometerReading.objects.create(vehicle=vehicle, km=km, **{"taken_on": TODAY} | facts)


# Documents


def branch(name: str = "Центральный офис", **facts: Any) -> Branch:
    prefix = facts.pop("prefix", "ЦОА")
    return Branch.objects.get_or_create(name=name, defaults={"prefix": prefix, **facts})[0]


def repair_kind(name: str = "Слесарный ремонт") -> RepairKind:
    return RepairKind.objects.get_or_create(name=name)[0]


def bay(name: str = "Пост 1", **facts: Any) -> Bay:
    facts.setdefault("branch", branch())
    return Bay.objects.get_or_create(name=name, **facts)[0]


def request(
    counterparty: Counterparty | None = None, *, slot: datetime.datetime | None = None, **facts: Any
) -> RepairRequest:
    """A confirmed booking; `slot` is when it starts, for an hour, on no bay in particular."""
    on = {name: facts.pop(name) for name in ("bay", "master", "end_at") if name in facts}
    made = _document(
        RepairRequest,
        Document.Kind.REPAIR_REQUEST,
        counterparty=counterparty,
        **{"state": "confirmed"} | facts,
    )
    if slot:
        slot_of(made, slot, **on)
    return made


def slot_of(request: RepairRequest, start_at: datetime.datetime, **facts: Any) -> Slot:
    facts.setdefault("end_at", start_at + datetime.timedelta(hours=1))
    return Slot.objects.create(request=request, start_at=start_at, **facts)


def customer_order(counterparty: Counterparty | None = None, **facts: Any) -> CustomerOrder:
    counterparty = counterparty or client()
    return _document(
        CustomerOrder,
        Document.Kind.CUSTOMER_ORDER,
        counterparty=counterparty,
        **{"state": "new"} | facts,
    )


def work_order(counterparty: Counterparty | None = None, **facts: Any) -> WorkOrder:
    """In progress; the customer pays, unless another payer is named."""
    counterparty = counterparty or facts.get("payer") or client()
    facts.setdefault("payer", counterparty)
    return _document(
        WorkOrder,
        Document.Kind.WORK_ORDER,
        counterparty=counterparty,
        **{"state": "in_progress"} | facts,
    )


def visit(counterparty: Counterparty | None = None, **facts: Any) -> Visit:
    """A car that is in the workshop since ten o'clock."""
    counterparty = counterparty or client()
    facts.setdefault("payer", counterparty)
    if "vehicle" not in facts:
        facts["vehicle"] = vehicle(counterparty)
    here = {"state": "open", "arrived_at": at(10)}
    return _document(Visit, Document.Kind.VISIT, counterparty=counterparty, **here | facts)


def estimate(counterparty: Counterparty | None = None, **facts: Any) -> Estimate:
    return _document(
        Estimate,
        Document.Kind.ESTIMATE,
        counterparty=counterparty or client(),
        **{"state": "draft"} | facts,
    )


def sale(counterparty: Counterparty | None = None, **facts: Any) -> Sale:
    """Posted; the customer pays."""
    counterparty = counterparty or client()
    facts.setdefault("payer", counterparty)
    return _document(
        Sale, Document.Kind.SALE, counterparty=counterparty, **{"state": "posted"} | facts
    )


def invoice(counterparty: Counterparty | None = None, **facts: Any) -> Invoice:
    return _document(
        Invoice,
        Document.Kind.INVOICE,
        counterparty=counterparty or client(),
        **{"state": "posted"} | facts,
    )


def _document(model: Any, kind: str, **facts: Any) -> Any:
    if "branch" not in facts:
        facts["branch"] = branch()
    facts.setdefault("number", f"ЦОА{next(_numbers):07}")
    return model.objects.create(**{"kind": kind, "date": TODAY} | facts)


def work(document: Document, name: str = "Замена масла", **facts: Any) -> WorkLine:
    facts.setdefault("price", 1000)
    return WorkLine.objects.create(document=document, name=name, **facts)


def payment(document: Document | None, amount: int, **facts: Any) -> Payment:
    return Payment.objects.create(document=document, amount=amount, **{"date": TODAY} | facts)


# The seed's six [seed]


def zubkov() -> Counterparty:
    """With his Corolla and its plan of repair, which has no state."""
    alexey = client("Зубков Алексей", inn="7712334545")
    contact(alexey, "+7 (908) 4944434", is_primary=True)
    corolla = vehicle(alexey, plate="n123ap", vin="NMTBM28E80R058037")
    request(
        alexey,
        vehicle=corolla,
        operation="plan",
        state="",
        number="ЦОА0000001",
        date=datetime.date(2020, 10, 20),
    )
    return alexey


def ivanov() -> Counterparty:
    ivan = client("Иванов Иван")
    contact(ivan, "ivanov@mail.ru")
    contact(ivan, "+7 (945) 1231010", is_primary=True)
    return ivan


def iksora() -> Counterparty:
    return client("ИКСОРА", legal_form="company")


def stroganov() -> Counterparty:
    firm = client('ИЧП "Строганов НИ"', inn="4256836901", legal_form="entrepreneur")
    contact(firm, "+7 (916) 8545678", kind="work", is_primary=True)
    return firm


def leonidov() -> Counterparty:
    petr = client("Леонидов Петр Иванович")
    contact(petr, "+7 (909) 9090909", is_primary=True)
    return petr


def m_parts() -> Counterparty:
    return client("М Партс", legal_form="company")


def seed() -> list[Counterparty]:
    """All six, in the order of the seed's page."""
    return [zubkov(), ivanov(), iksora(), stroganov(), leonidov(), m_parts()]
