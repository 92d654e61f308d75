"""Somebody of whom every table holds something, and says a secret in every column of words."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models

from armclients.models import SearchCard
from armclients.privacy.catalogue import CATALOGUE
from customers.models import AccessLogEntry, Counterparty
from orders.models import (
    Approval,
    Contract,
    Damage,
    EstimateAnswer,
    LineAnswer,
    LostDemand,
    OpeningBalance,
    Organisation,
    OwnMaterial,
    PrintedForm,
    RepairRequest,
    Representative,
    StateChange,
)
from tests import hotel, make
from vehicles.models import TireMeasurement, TireMovement, TireScan

SECRET = "Зубков-тайна"  # as long as the shortest column that matters: an INN
PHONE = "+7 (908) 494-44-34"
ADDRESS = "203.0.113.77"


def somebody() -> Counterparty:
    """A row in every table of the catalogue but of reserves, which only unfinished work has."""
    client = make.client(SECRET)
    _known(client)
    _papers(client, _car_and_tires(client))
    for held in CATALOGUE:
        if held.model is not SearchCard:
            _say_the_secret(held.rows([client.pk]))
    _has_a_phone(client)
    _is_logged(client)
    return client


def words_of(model: Any) -> list[Any]:
    """The columns of a table that can hold anybody's words."""
    holds_words = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return [
        column
        for column in model._meta.local_concrete_fields
        if isinstance(column, (*holds_words, models.GenericIPAddressField, ArrayField))
        and not (column.choices or column.generated)
    ]


def _known(client: Counterparty) -> None:
    make.contact(client, is_primary=True)
    make.card(client)
    make.consent(client)
    event = make.event(client)
    make.call(event=event).counterparties.add(client)
    make.message(client)
    make.merge(client, make.client(SECRET))
    make.call_target(client)
    AccessLogEntry.objects.create(counterparty=client, why="info")


def _car_and_tires(client: Counterparty) -> Any:
    car = make.vehicle(client, plate="А123ВС77")
    make.odometer(car, 1000)
    tires = hotel.tires(client, state="released", vehicle=car)
    make.photo(TireMeasurement.objects.create(set=tires, taken_on=make.TODAY, wheel="fl"))
    TireMovement.objects.create(set=tires, at=make.NOW, kind="out")
    TireScan.objects.create(count=hotel.count(), set=tires, at=make.NOW)
    return car


def _papers(client: Counterparty, car: Any) -> None:
    firm = Organisation.objects.create(name="Мы")
    Contract.objects.create(counterparty=client, organisation=firm, number="1", date=make.TODAY)
    Representative.objects.create(counterparty=client, name="Мария")
    make.request(client, slot=make.at(10), state="no_show")
    visit = make.visit(client, vehicle=car, state="closed")
    Damage.objects.create(visit=visit, x=1, y=1)
    make.photo(visit)
    make.customer_order(client, state="closed")
    make.sale(client)
    make.invoice(client)
    order = make.work_order(client, vehicle=car, state="closed")
    work = make.work(order, price=0)
    line = make.goods(order, price=0)
    make.marking_code(line)
    make.receipt(make.stock(line.part), document=order)
    make.payment(order, 100, counterparty=client)
    OpeningBalance.objects.create(counterparty=client, amount=0)
    StateChange.objects.create(document=order, to_state="closed")
    Approval.objects.create(document=order, who="Мария", what="Всё", amount=1, at=make.NOW)
    OwnMaterial.objects.create(document=order, name="Масло")
    PrintedForm.objects.create(document=order, form="act", title="Акт", path="a", sha256="b")
    defect = make.defect(order)
    make.photo(defect)
    make.deferred(car, document=order, dropped_at=make.NOW, why="Дорого")
    estimate = make.estimate(client, state="accepted")
    answer = EstimateAnswer.objects.create(
        estimate=estimate, how="link", at=make.NOW, address=ADDRESS
    )
    LineAnswer.objects.create(
        answer=answer, work=work, name="Масло", quantity=1, amount=1, is_accepted=True
    )
    make.selection(client, "Колодки")
    make.cart(client)
    LostDemand.objects.create(counterparty=client, wanted="Фара")


def _say_the_secret(rows: Any) -> None:
    columns = words_of(rows.model)
    for row in rows:
        said = {column.name: _secret(column, row.pk) for column in columns}
        row_alone = rows.model._base_manager.filter(pk=row.pk)
        # Twice, since what it was before stands in the history.
        for facts in (said, {name: _another(word) for name, word in said.items()}):
            if facts:
                row_alone.update(**facts)


def _secret(column: Any, number: int) -> Any:
    if isinstance(column, models.JSONField):
        return [SECRET]
    if isinstance(column, ArrayField):
        return [] if column.base_field.choices else [SECRET]
    if isinstance(column, models.GenericIPAddressField):
        return ADDRESS
    if isinstance(column, models.URLField):
        return f"https://{SECRET}"
    return f"{SECRET}{number}"[: column.max_length]


def _another(said: Any) -> Any:
    is_any = isinstance(said, str) and said != ADDRESS and not said.startswith("https")
    return f"!{said[1:]}" if is_any else said


def _has_a_phone(client: Counterparty) -> None:
    phone = make.contact(client, "+7 (900) 1")
    phone.value = PHONE
    phone.save()
    booked = RepairRequest.objects.filter(counterparty=client)
    for number in (PHONE, "+7 (900) 2", PHONE):
        booked.update(contact_phone=number)


def _is_logged(client: Counterparty) -> None:
    """In the administration somebody changed them, with a contact."""
    LogEntry.objects.create(
        user=make.user(),
        content_type=ContentType.objects.get_for_model(client),
        object_id=str(client.pk),
        object_repr=SECRET,
        action_flag=CHANGE,
        change_message=f'[{{"changed": {{"object": "{SECRET}"}}}}]',
    )
