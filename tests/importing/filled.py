"""A shop in which every field that a person can fill is filled, and some of it oddly."""

import datetime

from armclients.models import User
from customers.models import Counterparty
from orders.models import Analog, Document, Labor, OpeningBalance, Part, WorkPackage
from tests import hotel, make
from vehicles.models import OdometerReading, TireSet, Vehicle

UTC = datetime.UTC
TO_THE_POINT = datetime.datetime(2021, 3, 4, 5, 6, 7, 891_011, tzinfo=UTC)
# A clock that was put back shows this hour twice.
TWICE = datetime.datetime(2014, 10, 25, 19, 30, tzinfo=UTC)


def shop() -> None:
    """One of everything."""
    mira = make.user(
        "mira",
        role="advisor",
        full_name='Мира "Мышь"',
        email="mira@example.ru",
        phone_line="17",
        language="en",
    )
    make.user("gone", role="admin", is_active=False, is_staff=True)
    omsk = make.branch("Омск", prefix="О-", timezone="Asia/Omsk")
    kazan = make.branch("Казань", source="1c", source_id="0001")
    make.workplace(mira, omsk)
    client, firm = people(mira)
    car = cars(client, firm)
    pads = make.part(
        "КОЛ-1",
        manufacturer="ATE",
        unit="компл",
        price="1234.50",
        cost="900.10",
        source="1c",
        source_id="К 1",
    )
    prices(pads)
    package(pads)
    stored_tires(mira, client, car)
    work(mira, client, firm, car, pads)
    cards_and_carts(mira, client, car, pads)
    put_off(mira, car, pads)
    make.request(customer_text="Сосед", contact_phone="+7 900", state="", branch=kazan)


def prices(pads: Part) -> None:
    make.part_price(pads, "1100.05", make.price_type("Особая"))
    Analog.objects.create(part=pads, analog=make.part("GDB-1"))
    swap = make.labor("Замена колодок", code="Т-1", norm_hours="1.2", source="1c", source_id="7")
    works = make.price_type("Работы", scope="works")
    make.hour_price(1800)
    make.hour_price("1500.50", price_type=works)
    make.hour_price(2000, labor=swap, price_type=works)


def package(pads: Part) -> None:
    service = WorkPackage.objects.create(name="ТО-60, «полное»", discount_percent="7.5")
    service.works.create(
        labor=Labor.objects.get(), code="Т-1", name="Замена", norm_hours="1.2", price="1999.90"
    )
    service.works.create(position=2, name="Осмотр;\nмойка", quantity="0.5")
    service.goods.create(part=pads, quantity="3.125")
    service.goods.create(position=2, part=Part.objects.get(article="GDB-1"))
    service.for_models.add(make.model("ЗАЗ", "968"), make.model("ЗАЗ", ""))
    WorkPackage.objects.create(name="Пустой")


def people(mira: User) -> tuple[Counterparty, Counterparty]:
    client = make.client(
        "Петров, «Пётр»",
        full_name='ООО "Две\r\nстроки"',
        kind="both",
        inn="123",
        kpp="456",
        manager=mira,
        author=mira,
        comment="раз;\nдва",
        attention="warning",
        attention_text="Не звонить",
        attention_until=datetime.date(2040, 1, 31),
        attention_author=mira,
        price_type_goods=make.price_type("Особая"),
        price_type_works=make.price_type("Работы", scope="works"),
        created_at=TO_THE_POINT,
    )
    make.contact(client, "+7 (900) 1234567 доб. 12", kind="work", is_primary=True)
    make.contact(client, kind="telegram", value="@petrov", person="сын", position=2, is_wrong=True)
    make.consent(
        client,
        "advertising",
        given_at=TWICE,
        channel="sms",
        document="Согласие «О рекламе»",
        version="2 от 01.09.2025",
        withdrawn_at=TO_THE_POINT,
        author=mira,
    )
    make.consent(client, "advertising")
    return client, make.client("Плательщик", legal_form="company", source="1c", source_id="[7]")


def cars(client: Counterparty, firm: Counterparty) -> Vehicle:
    car = make.vehicle(
        vin="XTA21099012345678",
        body_number="NZE121-1",
        trim="Люкс",
        year=1999,
        colour="мурена",
        engine="1.5",
        gearbox="МКПП",
        comment="Стучит",
    )
    make.ownership(car, firm, since=make.day(-900), until=make.day(-90))
    make.ownership(car, client, since=make.day(-90))
    make.ownership(car, firm, role="payer")
    make.plate_of(car, "Р111РР55", until=make.day(-10))
    make.plate_of(car, "Р222РР55", since=make.day(-10))
    make.odometer(car, 1000, taken_on=make.day(-5))
    make.vehicle(client, model=make.model("ЗАЗ", ""), source="import", source_id="zaz")
    make.vehicle(model=None)
    return car


def stored_tires(mira: User, client: Counterparty, car: Vehicle) -> None:
    hotel.cell()
    cell = hotel.cell(
        "Б 1/2", zone="Б", capacity=9, largest_rim=17, season="winter", is_active=False
    )
    kept = hotel.tires(
        client,
        number="Х-1",
        vehicle=car,
        season="winter",
        is_studded=True,
        model="Шип, «зима»",
        dot="1223",
        rims="alloy",
        has_tpms=True,
        quantity=5,
        comment="Порез;\nлатка",
        contract="Х-7",
        price="3500.50",
        state="requested",
        cell=cell,
        needed_on=make.day(2),
        noticed_on=make.day(-1),
        notice="Письмо",
        author=mira,
    )
    hotel.tires(client, state="disposed", number="старый 1", source="1c", source_id="7")
    kept.measurements.create(
        taken_on=make.day(-5),
        wheel="sp",
        tread_mm="6.5",
        pressure_bar="2.2",
        condition="Грыжа",
        author=mira,
    )
    for at, kind, start, end in ((TO_THE_POINT, "in", "", "А-0"), (TWICE, "relocate", "А-0", "Б")):
        kept.movements.create(
            at=at, kind=kind, from_cell=start, to_cell=end, words="Ближе", author=mira
        )


def work(mira: User, client: Counterparty, firm: Counterparty, car: Vehicle, pads: Part) -> None:
    omsk = make.branch("Омск")
    known = {
        "branch": omsk,
        "vehicle": car,
        "author": mira,
        "manager": mira,
        "comment": "Своё\nслово",
        "created_at": TO_THE_POINT,
    }
    request = make.request(
        client,
        payer=firm,
        slot=TWICE,
        end_at=TWICE + datetime.timedelta(minutes=95, microseconds=5),
        bay=make.bay("Яма", branch=omsk),
        master=mira,
        operation="plan",
        number="О-9",
        repair_kind=make.repair_kind(),
        reason="Стук",
        customer_text="Пётр",
        contact_phone="+7 901",
        vehicle_text="Ларгус, белый",
        stay="leaves",
        **known,
    )
    make.work(request, "Осмотр", vat_percent=10)
    make.goods(request, pads)
    twice = make.request(client, payer=client, total=700, state="cancelled", **known)
    for hour, where in ((9, "Яма"), (9, "Подъёмник"), (15, "Яма")):
        make.slot_of(twice, make.at(hour), bay=make.bay(where, branch=omsk), master=mira)

    shelf, other = make.stock(pads, 9), make.stock(pads, 5, warehouse="Дальний")
    order = make.customer_order(
        client,
        payer=firm,
        date=datetime.date(2018, 5, 1),
        state="arrived",
        expected_on=make.day(3),
        notified_at=TWICE,
        **known,
    )
    line = make.goods(order, pads, quantity="3.125", vat_percent=18, warehouse=shelf.warehouse)
    make.reserve(line, 2, of=shelf)
    make.reserve(make.goods(order, pads, position=2, warehouse=shelf.warehouse), of=other)
    make.reserve(make.goods(order, pads, position=3), of=other)
    make.work(order, "Подгонка", code="П-1", norm_hours="0.5", quantity=2, performer=mira)
    order.works.update(labor=Labor.objects.get())

    job = make.work_order(
        client,
        payer=firm,
        base=request,
        repair_kind=make.repair_kind(),
        state="completed",
        master=mira,
        mileage_km=1200,
        planned_handover_at=TO_THE_POINT,
        notified_at=TO_THE_POINT,
        **known,
    )
    make.work(job, performer=mira, vat_percent=None, discount_percent="12.5")
    winter = TireSet.objects.get(number="Х-1")
    make.work(job, "Хранение", position=2, tire_set=winter, stored_until=make.day(9))
    make.goods(job, pads, discount_percent=10, ordered="0.5", expected_on=make.day(4))
    estimate = make.estimate(client, payer=firm, base=request, valid_until=make.day(9), **known)
    make.work(estimate, "Оценка", discount_percent=5)
    make.goods(estimate, pads)
    sale = make.sale(client, payer=firm, base=order, **known)
    make.goods(sale, pads, quantity=2)
    make.work(sale, "Доставка")
    invoice = make.invoice(client, payer=firm, base=job, pay_until=make.day(5), **known)
    make.goods(invoice, pads)
    make.work(invoice, "Работы по заказ-наряду")
    make.work_order(client, base=estimate, number="О-10", **known)
    OdometerReading.objects.create(vehicle=car, taken_on=make.TODAY, km=1200, document=job)
    make.odometer(car, 1300, taken_on=make.day(1), document=order, author=mira)
    make.event(
        client,
        vehicle=car,
        document=job,
        subject="Позвонить",
        text="О машине",
        result="Придёт",
        author=mira,
        manager=mira,
        due_at=TO_THE_POINT,
        processed_by=mira,
    )
    make.event(kind="call_missed", processed_at=None, source="1c", source_id="0007")
    money(mira, client, firm, job)


def money(mira: User, client: Counterparty, firm: Counterparty, job: Document) -> None:
    for facts in ({"method": "card"}, {"method": "card"}, {"direction": "out"}):
        make.payment(job, 900, counterparty=firm, **facts)
    make.payment(job, 70, counterparty=client, author=mira, receipt_number="ФД 1", method="sbp")
    make.payment(job, 71, counterparty=firm, state="cancelled")
    make.payment(None, 444, counterparty=firm)
    make.payment(
        make.work_order(client, total=700, state="closed", source="1c", source_id="1"),
        10,
        counterparty=client,
        source="1c",
        source_id="paid:work_order:1",
    )
    make.payment(
        make.customer_order(client, payer=client, state="closed", source="1c", source_id="1"),
        10,
        counterparty=client,
    )
    OpeningBalance.objects.create(counterparty=client, amount=-5000)
    OpeningBalance.objects.create(counterparty=firm, amount=0)


def cards_and_carts(mira: User, client: Counterparty, car: Vehicle, pads: Part) -> None:
    make.card(
        client,
        percent_goods=5,
        percent_works="7.5",
        valid_from=make.day(-1),
        valid_until=make.day(1),
    )
    cart = make.cart(
        client, lines=2, vehicle=car, author=mira, state="abandoned", created_at=TO_THE_POINT
    )
    told = {"discount_percent": "7.5", "why": "карта", "supplier": "Запад", "days": 3}
    cart.lines.create(part=pads, name="Колодки", quantity="0.5", price=3, **told)
    cart.lines.create(labor=Labor.objects.get(), name="Замена")
    former = make.selection(
        client,
        "Свеча",
        vehicle=car,
        author=mira,
        created_at=TO_THE_POINT,
        source="1c",
        source_id="5",
    )
    former.lines.create(
        part=pads, name="Колодки", outcome="declined", free=2, former_price=7, price=8, **told
    )
    former.lines.create(labor=Labor.objects.get(), name="Замена", quantity="0.5")
    make.cart(client, source="1c", source_id="0001")


def put_off(mira: User, car: Vehicle, pads: Part) -> None:
    job = Document.objects.filter(kind="work_order", vehicle=car).order_by("pk")[0]
    make.deferred(
        car,
        "Ремень,\nролики",
        origin="declined",
        code="Р-1",
        norm_hours="1.25",
        quantity="2.5",
        price="1.99",
        document=job,
        author=mira,
        noted_at=TO_THE_POINT,
        due_on=make.day(30),
        due_km=90_000,
    )
    make.deferred(car, "Колодки", part=pads, done_by=job)
    make.deferred(car, "Замена колодок", labor=make.labor())
    make.deferred(
        car,
        dropped_at=TO_THE_POINT,
        dropped_by=mira,
        why="Сделано у соседей",
        source="1c",
        source_id="0001",
    )
