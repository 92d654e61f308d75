"""Words exchanged with clients: two years of them, and what waits for somebody today."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from . import phones
from .chance import stream
from .people import Client
from .tables import table

HISTORY = 5850

# share | kind | subject | text | result
TALKS = table("""
70 | call_in | Запись на ремонт | Хочет записаться на ближайшие дни, удобнее утром | Записан
60 | call_in | Готовность автомобиля | Спрашивает, когда можно забирать | Сообщили срок
40 | call_in | Стоимость работ | Сколько стоит ТО с нашими материалами | Назвали цену, думает
34 | call_in | Наличие запчасти | Есть ли колодки в наличии | Есть, отложили
20 | call_in | Перенос записи | Не успевает, просит перенести на другой день | Перенесли
16 | call_in | Статус заказа | Пришла ли деталь | В пути, ждём на неделе
50 | call_out | Напоминание о записи | Напомнили о завтрашнем визите | Приедет
44 | call_out | Автомобиль готов | Сообщили о готовности и сумму | Заберёт вечером
34 | call_out | Согласование работ | Нужны ещё стойки стабилизатора | Согласовано по телефону
24 | call_out | Запчасть поступила | Заказ пришёл, приглашаем на установку | Запишется сам
18 | call_out | Как машина после ремонта | Контрольный звонок через неделю | Замечаний нет
12 | call_out | Приглашение на ТО | Подошёл срок по пробегу | Перезвонить через месяц
30 | call_missed | Пропущенный звонок | | Перезвонили, вопрос решён
44 | sms | Запись подтверждена | Ждём вас завтра. АРМ-Сервис | Доставлено
30 | sms | Автомобиль готов | Ваш автомобиль готов к выдаче до 20:00 | Доставлено
14 | email | Счёт на оплату | Отправлен счёт и акт | Отправлено
14 | messenger | Фото дефекта | Прислали фото порванного пыльника | Согласовал замену
10 | messenger | Вопрос по записи | Можно ли приехать без записи на шиномонтаж | Пригласили
26 | visit | Заезд без записи | Посмотреть стук спереди | Записан на диагностику
14 | visit | Забрал документы | Акт и заказ-наряд за прошлый месяц | Выданы
20 | task | Перезвонить по смете | Обещали уточнить цену детали | Перезвонили
14 | task | Напомнить о ТО | Прошло полгода с последней замены масла | Записан
12 | web | Заявка с сайта | Форма «Записаться на сервис» | Связались, записан
5 | complaint | Повторный стук | После ремонта стук остался | Приняли по гарантии, устранено
4 | complaint | Долго ждал выдачу | Ждал сорок минут сверх срока | Извинились, скидка 5 %
4 | other | Забыл вещи в машине | Детское кресло осталось в зоне приёмки | Вернули
""")
MISSED = (("Пропущенный звонок", "Звонил дважды, сообщения не оставил"),)
TASKS = (
    ("Перезвонить по стоимости", "Обещали цену на комплект сцепления"),
    ("Согласовать дополнительные работы", "Мастер нашёл люфт шаровой, нужна замена"),
    ("Уточнить срок поставки", "Поставщик обещал деталь, проверить и сообщить"),
    ("Пригласить на ТО", "По пробегу пора, последний визит полгода назад"),
    ("Напомнить об оплате", "Остаток по заказ-наряду"),
    ("Узнать, как машина", "Неделя после ремонта подвески"),
    ("Выслать акт сверки", "Просила бухгалтерия"),
    ("Предложить сезонное хранение", "Скоро переобувка"),
)
COMPLAINTS = (
    ("Стук остался", "После замены стоек стук на мелких кочках тот же"),
    ("Царапина на двери", "Утверждает, что при сдаче её не было"),
    ("Цена выше названной", "По телефону назвали меньше, просит разобраться"),
    ("Не перезвонили", "Обещали связаться вчера до обеда"),
)
WEB = (
    ("Заявка с сайта", "Хочу записаться на замену масла в субботу утром"),
    ("Заявка с сайта", "Посчитайте, пожалуйста, колодки и диски вперёд с работой"),
    ("Вопрос с сайта", "Делаете ли адаптацию коробки после замены жидкости?"),
    ("Заявка с сайта", "Горит чек, можно приехать завтра?"),
)
MESSAGES = (
    ("Вопрос в мессенджере", "Добрый день! Машина ещё не готова?"),
    ("Вопрос в мессенджере", "Скиньте адрес и часы работы"),
    ("Фото в мессенджере", "Прислано фото приборной панели с ошибкой"),
)
LETTERS = (
    ("Письмо: реквизиты", "Прислали карточку предприятия для договора"),
    ("Письмо: запрос цен", "Просят прайс на обслуживание пяти автомобилей"),
)
Row = dict[str, object]


def write(sheets, today: date, everyone: list[Client], car_of: Callable[[Client], str]) -> None:
    """History, what waits now and the events of *today*, oldest first."""
    rng = stream("events")
    rows = [_talk(rng, today, rng.choice(everyone)) for _ in range(HISTORY)]
    rows += _waiting(stream("waiting"), today, everyone)
    rows.sort(key=lambda row: (row["occurred_at"], str(row["customer"])))
    for number, row in enumerate(rows, 1):
        row["id"] = f"e{number:05}"
    _write(sheets, rows, car_of)
    write_day(sheets, today, everyone, car_of)


def write_day(sheets, day: date, everyone: list[Client], car_of: Callable[[Client], str]) -> None:
    """What a morning brings: last evening's calls, the night's web forms, the day's tasks."""
    rng = stream("events", day)
    evening = datetime.combine(day - timedelta(days=1), time(19))
    night = datetime.combine(day, time(0))
    clients = iter(rng.sample(everyone, 12))
    rows = [
        _new(rng, "call_missed", MISSED, next(clients), evening),
        _new(rng, "call_missed", MISSED, next(clients), evening),
        _unknown_caller(rng, evening),
        _new(rng, "messenger", MESSAGES, next(clients), evening),
        _new(rng, "web", WEB, next(clients), night),
        _new(rng, "web", WEB, next(clients), night),
    ]
    if day.toordinal() % 3 == 0:
        rows.append(_new(rng, "complaint", COMPLAINTS, next(clients), evening))
    for hour in (11, 16):
        rows.append(_task(rng, next(clients), evening, datetime.combine(day, time(hour))))
    for number, row in enumerate(rows, 1):
        row["id"] = f"e-{day:%Y%m%d}-{number}"
    _write(sheets, rows, car_of)


def _write(sheets, rows: list[Row], car_of: Callable[[Client], str]) -> None:
    for row in rows:
        client = row["customer"]
        vehicle = car_of(client) if client else ""
        sheets.add("events", **{**row, "customer": client.id if client else "", "vehicle": vehicle})


def _talk(rng: Random, today: date, client: Client) -> Row:
    """One dealt-with event of the past two years."""
    share = [int(row[0]) for row in TALKS]
    _, kind, subject, text, result = rng.choices(TALKS, share)[0]
    first = max(client.since, today - timedelta(days=730))
    day = first + timedelta(days=int(rng.random() * ((today - first).days - 7)))
    at = datetime.combine(day, time(8)) + timedelta(minutes=int(12 * 60 * rng.random()))
    row = _row(kind, at, client, subject, text)
    row |= {"result": result, "processed_at": at}
    if kind in ("call_missed", "web"):
        row |= {"author": "", "processed_at": at + timedelta(minutes=rng.randint(3, 170))}
    elif kind == "complaint":
        row |= {"author": "vera", "manager": "dina", "processed_at": at + timedelta(days=2)}
    elif kind == "task":
        due = at + timedelta(days=2)
        row |= {"due_at": due, "processed_at": due - timedelta(minutes=rng.randint(5, 300))}
        row["manager"] = _doer(rng, client)
    elif kind.startswith("call") and rng.random() < 0.16:
        row["author"] = "vera"
    return row


def _waiting(rng: Random, today: date, everyone: list[Client]) -> list[Row]:
    """Unprocessed events of the last days: each an honest piece of work left to do."""
    clients = iter(rng.sample(everyone, 130))

    def recently(days: int) -> datetime:
        day = today - timedelta(days=rng.randint(1, days))
        return datetime.combine(day, time(9)) + timedelta(minutes=rng.randint(0, 590))

    rows = [_new(rng, "call_missed", MISSED, next(clients), recently(3)) for _ in range(20)]
    rows += [_unknown_caller(rng, recently(3)) for _ in range(5)]
    rows += [_new(rng, "complaint", COMPLAINTS, next(clients), recently(6)) for _ in range(9)]
    rows += [_new(rng, "web", WEB, next(clients), recently(2)) for _ in range(10)]
    rows += [_new(rng, "messenger", MESSAGES, next(clients), recently(2)) for _ in range(8)]
    rows += [_new(rng, "email", LETTERS, next(clients), recently(4)) for _ in range(5)]
    for days in [0] * 18 + [-1, -1, -2, -3, -5] * 3 + [1, 2, 3, 7, 14] * 4:
        due = datetime.combine(today + timedelta(days=days), time(rng.randint(9, 18)))
        made = min(recently(6), due - timedelta(days=1))
        rows.append(_task(rng, next(clients), made, due))
    for client in (next(clients) for _ in range(3)):
        due = datetime.combine(today + timedelta(days=1), time(12))
        task = _row(
            "task", recently(4), client, "Проверить дубль карточки", "Похоже, заведён дважды"
        )
        rows.append(task | {"due_at": due, "author": "egor", "manager": "egor"})
    return rows


def _new(rng: Random, kind: str, texts, client: Client, at: datetime) -> Row:
    """Something that came in by itself: no author, the client's advisor answers for it."""
    subject, text = rng.choice(texts)
    row = _row(kind, at + timedelta(minutes=rng.randint(0, 55)), client, subject, text)
    row["author"] = "vera" if kind == "complaint" else ""
    row["manager"] = "dina" if kind == "complaint" else row["manager"]
    return row


def _task(rng: Random, client: Client, at: datetime, due: datetime) -> Row:
    subject, text = rng.choice(TASKS)
    return _row("task", at, client, subject, text) | {"due_at": due, "manager": _doer(rng, client)}


def _doer(rng: Random, client: Client) -> str:
    """Who has to do a task: mostly the advisor, sometimes a master, parts or the operator."""
    people = (client.advisor, rng.choice(client.branch.masters), "gleb", "vera", "dina")
    return rng.choices(people, (70, 12, 8, 7, 3))[0]


def _unknown_caller(rng: Random, at: datetime) -> Row:
    phone = phones.Book(rng).mobile()
    at += timedelta(minutes=rng.randint(0, 55))
    return {
        "kind": "call_missed",
        "occurred_at": at,
        "customer": None,
        "subject": f"Пропущенный звонок {phone}",
        "text": "Номера нет в базе",
        "manager": "vera",
    }


def _row(kind: str, at: datetime, client: Client, subject: str, text: str) -> Row:
    return {
        "kind": kind,
        "occurred_at": at,
        "customer": client,
        "subject": subject,
        "text": text,
        "author": client.advisor,
        "manager": client.advisor,
    }
