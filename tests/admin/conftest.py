"""A small shop in which every table of ours has a row."""

import datetime

import pytest

from armclients.admin import uploads
from armclients.models import ImportRun, SavedSearch, SearchLayout, Workplace
from customers.models import AccessLogEntry
from orders.models import (
    Analog,
    DayOff,
    DocumentCounter,
    EstimateAnswer,
    LostDemand,
    OpeningBalance,
    Representative,
    Supplier,
    TaxRegime,
    WorkingHours,
    WorkPackage,
)
from tests import agreed, hotel, make
from vehicles.models import ServiceInterval, StorageCell, TireCounter, TireSet


@pytest.fixture
def web(egor, client_of):
    """The administrator's browser."""
    return client_of(egor)


@pytest.fixture
def shelf(settings, tmp_path):
    """Where uploads wait, of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return uploads.shelf()


@pytest.fixture
def shop(db, admin_user):
    """Зубков with his Corolla, and one of everything else."""
    return stock_up(admin_user, make.zubkov())


def neighbour():
    """Another client with all that Зубков has."""
    client = make.client()
    make.contact(client, is_primary=True)
    make.request(client, vehicle=make.vehicle(client, plate=f"а{client.pk:03}аа77"))
    return client


def tires_of(user, client, car):
    """A set in the hotel, measured, moved and counted."""
    kept = hotel.tires(client, vehicle=car, cell=hotel.cell(), author=user)
    make.photo(kept.measurements.create(taken_on=make.TODAY, wheel="fl", tread_mm=6, author=user))
    kept.movements.create(at=make.NOW, kind="in", to_cell="A-1", author=user)
    hotel.count(author=user).scans.create(code=kept.number, set=kept, at=make.NOW)
    TireCounter.objects.update_or_create(pk=1, defaults={"last": 1})
    TireSet.objects.filter(pk=kept.pk).update(comment="Порез")
    StorageCell.objects.filter(pk=kept.cell_id).update(season="winter")


def stock_up(user, client):
    """The client gets one of everything, each with a change behind it."""
    car = client.ownerships.get().vehicle
    make.card(client)
    make.consent(client)
    make.event(client, vehicle=car, manager=user)
    make.message(client, key=f"message-{client.pk}")
    make.odometer(car, 90_000, author=user)
    tires_of(user, client, car)
    order = make.customer_order(client, vehicle=car)
    job = make.work_order(client, vehicle=car, master=user, repair_kind=make.repair_kind())
    make.work(job, performer=user)
    line = make.goods(order)
    make.reserve(line)
    make.marking_code(line)
    make.payment(job, 500, counterparty=client)
    make.sale(client)
    request = client.documents.get(kind="repair_request").repairrequest
    make.slot_of(request, make.at(12), bay=make.bay(f"Пост {client.pk}"))
    visit = make.visit(client, vehicle=car)
    visit.damages.create(x=100, y=100)
    make.photo(visit)
    set_hours(make.branch(), request.slots.get().bay)
    make.cart(client, vehicle=car)
    make.selection(client, "Свеча", vehicle=car)
    LostDemand.objects.create(wanted="Свеча", counterparty=client, author=user)
    OpeningBalance.objects.create(counterparty=client, amount=700)
    AccessLogEntry.objects.create(counterparty=client, user=user, why="info")
    make.call(user=user).counterparties.add(client)
    make.call_target(client, vehicle=car)
    make.merge(client)
    ServiceInterval.objects.get_or_create(make=None, defaults={"km": 10_000, "months": 12})
    ImportRun.objects.create(author=user, created_at=make.NOW, files=["customers.csv"])
    SearchLayout.objects.get_or_create(user=user)
    SavedSearch.objects.create(user=user, name=client.name, query={"client": client.name})
    Workplace.objects.get_or_create(user=user, defaults={"branch": make.branch()})
    DocumentCounter.objects.get_or_create(branch=make.branch(), kind="work_order", year=2041)
    client.price_type_goods = make.price_type(f"Розничная {client.pk}")
    fill_the_catalogue(client, line.part)
    inspect(job)
    agree_on_terms(client, job)
    supplier = Supplier.objects.create(name=f"Поставщик {client.pk}")
    supplier.offers.create(article="GDB1", name="Колодки", price=100)
    supplier.days = 2
    supplier.save()
    leave_history(client, job, line)
    return client


def fill_the_catalogue(client, part):
    """Prices of the part and of a labour, each with a change behind it."""
    labor = make.labor()
    prices = (
        make.part_price(part, 450, client.price_type_goods),
        make.hour_price(labor=labor),
    )
    Analog.objects.create(part=part, analog=make.part())
    package = WorkPackage.objects.create(name=f"ТО-{client.pk}")
    package.works.create(labor=labor, name=labor.name)
    package.goods.create(part=part)
    labor.code = "Т-1"
    for price in prices:
        price.price = 444
    for row in (labor, *prices):
        row.save()


def inspect(job):
    """What was found, agreed upon and answered, each with a change behind it."""
    defect = make.defect(job, deferred=make.deferred(job.vehicle, document=job))
    make.photo(defect)
    approval = job.approvals.create(who="Сам", at=make.NOW, what="всё", amount=1)
    material = job.own_materials.create(name="Масло")
    answered = make.estimate(job.counterparty)
    answer = answered.answer = EstimateAnswer.objects.create(
        estimate=answered, how="phone", at=make.NOW
    )
    answer.lines.create(name="Масло", quantity=1, amount=1, is_accepted=True)
    defect.text, defect.deferred.why = "Люфт", "передумал"
    approval.who, material.name = "Жена", "Фильтр"
    for row in (defect, defect.deferred, approval, material):
        row.save()


def agree_on_terms(client, job):
    """A contract with an organisation, who signs for the client, and what was signed."""
    contract = agreed.contract(client)
    regime = TaxRegime.objects.create(organisation=contract.organisation, valid_from=make.day(-9))
    agent = Representative.objects.create(counterparty=client, name="Орлов")
    agreed.printed_form(job)
    contract.payment_delay_days, contract.organisation.phone = 14, "+7 495"
    regime.regime, agent.position = "usn", "водитель"
    for row in (contract, contract.organisation, regime, agent):
        row.save()


def set_hours(branch, bay):
    """When the bay works, and when it does not."""
    hours = {"opens": datetime.time(9), "closes": datetime.time(18)}
    WorkingHours.objects.create(branch=branch, bay=bay, weekday=1, **hours)
    DayOff.objects.create(branch=branch, bay=bay, since=make.day(), until=make.day(1))


def leave_history(client, job, line):
    car, order, basket = job.vehicle, line.document.customerorder, client.carts.get()
    client.comment = "звонить после шести"
    car.colour = "синий"
    job.state = "completed"
    order.comment = "срочно"
    job.mileage_km = 90_000
    order.expected_on = make.day(3)
    request = client.documents.get(kind="repair_request").repairrequest
    request.reason = "стук спереди"
    plate, card, event = car.plates.get(), client.cards.get(), client.events.get(kind="call_out")
    plate.since, card.percent_goods, event.result = make.day(-99), 5, "перезвонит"
    contact, ownership, reading = client.contacts.get(), client.ownerships.get(), car.odometer.get()
    contact.person, ownership.since, reading.km = "жена", make.day(-99), 91_000
    work, payment, choice = job.works.get(), job.payments.get(), basket.lines.get()
    consent = client.consents.get()
    consent.version = "2"
    offered = client.selections.get().lines.get()
    offered.outcome = "declined"
    work.price, payment.receipt_number, choice.price, line.price = 1100, "17", 310, 510
    reserve = line.reserve
    reserve.quantity = 0.5
    balance = client.opening_balance
    balance.amount = 600
    estimate, invoice = make.estimate(client), make.invoice(client)
    estimate.valid_until = invoice.pay_until = make.day(9)
    slot, visit = request.slots.get(), client.documents.get(kind="visit").visit
    damage = visit.damages.get()
    slot.end_at, visit.keys, damage.note = make.at(15), 2, "5 см"
    for row in (
        *(estimate, invoice, slot, visit, damage),
        *(client, car, job, order, request, plate, card, event, contact, ownership, reading),
        *(work, payment, choice, line, reserve, balance, consent, offered),
    ):
        row.save()
    stock = reserve.stock
    stock.quantity = 20
    stock.save(update_fields=["quantity"])
