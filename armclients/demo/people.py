"""Two thousand clients: who they are, how they are reached, what one should know about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from . import names, phones, staff
from .chance import ranked, stream

COUNT = 2000
ATTENTION = (
    ("notice", "Просит звонить только после 18:00"),
    ("notice", "Постоянный клиент с первого дня, кофе без сахара"),
    ("notice", "Плохо слышит: писать в мессенджер"),
    ("notice", "Автомобиль забирает сын, доверенность в деле"),
    ("warning", "Обещает и не приезжает: запись только с предоплатой"),
    ("warning", "Оспаривал счёт, дополнительные работы согласовывать письменно"),
    ("warning", "Привозит свои запчасти: гарантия только на работы"),
    ("warning", "Просрочена оплата по договору, уточнить у руководителя"),
    ("stop", "Не обслуживать: долг передан юристу"),
    ("stop", "Не обслуживать: угрожал сотрудникам"),
)
PROCESSING = "Согласие на обработку персональных данных"
ADVERTISING = "Согласие на получение рекламы"
COMMENTS = (
    "Приехал по рекомендации соседа",
    "Предпочитает оригинальные запчасти",
    "Просит аналоги подешевле",
    "Живёт рядом, оставляет машину на весь день",
    "Два автомобиля в семье",
    "Нужны закрывающие документы",
    "Хранит шины у нас",
    "Оплата картой",
    "Ездит на дачу: подвеску смотреть внимательно",
)
GOODS_PRICES = ("Розничная", "Розничная", "Розничная", "Постоянный клиент", "Оптовая")
WORK_PRICES = ("Нормо-час розничный", "Нормо-час розничный", "Нормо-час льготный")


@dataclass(eq=False)
class Client:
    id: str
    name: str
    full_name: str
    legal_form: str
    branch: staff.Branch
    advisor: str
    since: date
    kind: str = "buyer"
    fleet: bool = False
    spouse: "Client | None" = None
    facts: dict = field(default_factory=dict)
    contacts: list[dict] = field(default_factory=list)
    card: dict = field(default_factory=dict)

    @property
    def mobile(self) -> str:
        return next(c["value"] for c in self.contacts if c["kind"] in ("mobile", "work"))

    def reached_by(self, kind: str, value: str, person: str = "") -> None:
        primary = 0 if any(contact["primary"] for contact in self.contacts) else 1
        self.contacts.append({"kind": kind, "value": value, "person": person, "primary": primary})


def clients(today: date) -> list[Client]:
    """Everyone but the six of the seed, the same people on any day."""
    rng = stream("people")
    book = phones.Book(stream("phones"))
    everyone: list[Client] = []
    organisations = _organisations(rng)
    while len(everyone) < COUNT:
        id = f"c{len(everyone) + 1:05}"
        if rng.random() < 0.15:
            client = _organisation(rng, id, today, next(organisations))
            _reach_organisation(rng, client, book)
        else:
            client = _person(rng, id, today, husband=_husband(rng, everyone))
            _reach_person(rng, client, book)
        _describe(rng, client)
        everyone.append(client)
    return everyone


def _husband(rng: Random, everyone: list[Client]) -> Client | None:
    """The last client, when the next one is to be his wife."""
    if rng.random() < 0.05 and everyone and everyone[-1].facts.get("man"):
        return everyone[-1]
    return None


def _base(rng: Random, id: str, today: date) -> dict:
    branch = rng.choices(staff.BRANCHES, (72, 28))[0]
    return {
        "id": id,
        "branch": branch,
        "advisor": rng.choice(branch.advisors),
        "since": today - timedelta(days=70 + int(2300 * rng.random() ** 0.8)),
    }


def _person(rng: Random, id: str, today: date, husband: Client | None) -> Client:
    man = not husband and rng.random() < 0.66
    surname = husband.facts["surname"] if husband else ranked(rng, names.SURNAMES)
    _, patronymic = ranked(rng, names.MEN, evenness=5)
    if man:
        given, _ = ranked(rng, names.MEN, evenness=5)
        parts = (surname, given, patronymic)
    else:
        given = ranked(rng, names.WOMEN, evenness=6)
        parts = (names.womans(surname), given, names.daughters(patronymic))
    full_name = " ".join(parts)
    brief = (full_name, " ".join(parts[:2]), f"{parts[0]} {given[0]}. {patronymic[0]}.")
    name = rng.choices(brief, (76, 20, 4))[0]
    if rng.random() < 0.1:
        name = name.replace("ё", "е")
    client = Client(**_base(rng, id, today), name=name, full_name=full_name, legal_form="person")
    client.facts = {"man": man, "surname": surname, "latin": names.latin(f"{parts[0]}.{given}")}
    if husband:
        client.spouse, husband.spouse = husband, client
        client.branch, client.advisor = husband.branch, husband.advisor
    if rng.random() < 0.12:
        client.facts["inn"] = _inn(rng, 12)
    return client


def _organisations(rng: Random) -> Iterator[tuple[str, str]]:
    """Names of companies with the kind of counterparty, none of them twice."""
    yield from ((name, "fleet") for name in names.FLEETS)
    yield from ((name, "supplier") for name in names.SUPPLIERS)
    seen = set()
    while True:
        word = rng.choice(names.COMPANY_WORDS).replace("_", " ")
        title = word + rng.choice(names.COMPANY_TAILS)
        if title not in seen:
            seen.add(title)
            form = rng.choices(("ООО", "АО", "ИП"), (70, 8, 22))[0]
            yield title, form


def _organisation(rng: Random, id: str, today: date, named: tuple[str, str]) -> Client:
    title, form = named
    if form == "ИП":
        owner = _person(rng, id, today, husband=None)
        owner.name = owner.full_name = f"ИП {owner.full_name}"
        owner.legal_form = "entrepreneur"
        owner.facts = {"inn": _inn(rng, 12), "latin": owner.facts["latin"]}
        return owner
    full = title if form in ("fleet", "supplier") else f"{form} «{title}»"
    typed = (full, full.replace("«", '"').replace("»", '"'), f"{title} {form}")
    name = full if form in ("fleet", "supplier") else rng.choices(typed, (80, 13, 7))[0]
    client = Client(**_base(rng, id, today), name=name, full_name=full, legal_form="company")
    client.fleet = form == "fleet"
    client.kind = (
        "supplier" if form == "supplier" else rng.choices(("buyer", "both", "other"), (94, 4, 2))[0]
    )
    inn = _inn(rng, 10)
    slug = "-".join(names.latin(title).split()).strip("«»").replace("»", "").replace("«", "")
    client.facts = {"inn": inn, "kpp": inn and f"{inn[:4]}01001", "latin": f"info.{slug}"}
    return client


def _inn(rng: Random, length: int) -> str:
    """A taxpayer's number: most are right, some mistyped, some not known."""
    digits = [int(d) for d in f"{rng.choice((77, 50, 66, 78))}{rng.randrange(10**8):08}"]
    digits = digits[:9] if length == 10 else digits
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    for _ in range(length - len(digits)):
        pairs = zip(weights[-len(digits) :], digits, strict=True)
        digits.append(sum(weight * digit for weight, digit in pairs) % 11 % 10)
    luck = rng.random()
    if luck < 0.07:
        digits[-1] = (digits[-1] + 1) % 10
    return "" if luck > 0.93 else "".join(map(str, digits))


def _reach_person(rng: Random, client: Client, book: phones.Book) -> None:
    client.reached_by("mobile", book.mobile())
    if client.spouse:
        client.reached_by("mobile", client.spouse.mobile, "муж")
        client.spouse.reached_by("mobile", client.mobile, "жена")
    elif rng.random() < 0.04:
        client.reached_by("mobile", book.mobile(), rng.choice(("сын", "дочь", "мама", "водитель")))
    if rng.random() < 0.24:
        host = rng.choice(("pochta.example", "mail.example", "box.example"))
        client.reached_by("email", f"{client.facts['latin']}{rng.randint(60, 99)}@{host}")
    if rng.random() < 0.12:
        client.reached_by("telegram", f"@{client.facts['latin'].replace('.', '_')}")
    if rng.random() < 0.07:
        client.reached_by(rng.choice(("whatsapp", "max")), client.mobile)
    if rng.random() < 0.05:
        client.reached_by("work", f"{book.city(client.branch)} доб. {rng.randint(2, 320)}")
    if rng.random() < 0.04:
        client.reached_by("home", book.city(client.branch))
    if rng.random() < 0.06:
        client.reached_by("address", _address(rng, client))


def _reach_organisation(rng: Random, client: Client, book: phones.Book) -> None:
    extension = f" доб. {rng.randint(10, 199)}" if rng.random() < 0.35 else ""
    client.reached_by("work", book.city(client.branch) + extension)
    if rng.random() < 0.7:
        client.reached_by("mobile", book.mobile(), rng.choice(("механик", "директор", "водитель")))
    if rng.random() < 0.6:
        client.reached_by("email", f"{client.facts['latin']}@company.example", "бухгалтерия")
    if rng.random() < 0.1:
        client.reached_by("fax", book.city(client.branch))
    if rng.random() < 0.5:
        client.reached_by("address", _address(rng, client))


def _address(rng: Random, client: Client) -> str:
    city = "Москва" if client.branch is staff.CENTRE else "Екатеринбург"
    home = f"г. {city}, ул. {rng.choice(names.STREETS)}, д. {rng.randint(1, 140)}"
    flat = f", кв. {rng.randint(1, 200)}" if client.legal_form == "person" else ", офис 1"
    return home + flat


def _describe(rng: Random, client: Client) -> None:
    """What the card says beside name and contacts."""
    facts = client.facts
    company = client.legal_form == "company"
    if rng.random() < 0.75:
        facts["manager"] = "dina" if client.fleet or client.kind == "supplier" else client.advisor
    if rng.random() < (0.8 if company else 0.45):
        facts["price_type_goods"] = rng.choice(GOODS_PRICES)
        facts["price_type_works"] = rng.choice(WORK_PRICES)
    if rng.random() < 0.08:
        facts["comment"] = rng.choice(COMMENTS)
    if rng.random() < 0.02:
        facts["attention"], facts["attention_text"] = rng.choice(ATTENTION)
    if rng.random() < (0.1 if company else 0.28):
        given_on = client.since + timedelta(days=int(60 * rng.random()))
        until = given_on + timedelta(days=3 * 365) if rng.random() < 0.3 else ""
        client.card = {
            "number": f"20{client.id[1:]}{rng.randrange(1000):03}",
            "percent": rng.choices((3, 5, 7, 10), (40, 35, 15, 10))[0],
            "valid_from": given_on,
            "valid_until": until,
        }


def write(sheets, everyone: list[Client]) -> None:
    for client in everyone:
        facts = {
            name: value
            for name, value in client.facts.items()
            if name not in ("man", "surname", "latin")
        }
        sheets.add(
            "customers",
            id=client.id,
            name=client.name,
            full_name=client.full_name,
            kind=client.kind,
            legal_form=client.legal_form,
            created_at=f"{client.since} 10:{int(client.id[1:]) % 60:02}",
            **facts,
        )
        for contact in client.contacts:
            sheets.add("contacts", customer=client.id, **contact)
        if client.card:
            sheets.add("cards", customer=client.id, **client.card)
    _write_consents(sheets, everyone)


def _write_consents(sheets, everyone: list[Client]) -> None:
    """Most people have signed something at their first visit; some took the advertising back."""
    rng = stream("consents")
    for client in everyone:
        if client.legal_form == "company" or rng.random() < 0.2:
            continue
        given_at = f"{client.since} 10:{int(client.id[1:]) % 60:02}"
        signed = {"customer": client.id, "given_at": given_at, "version": "1"}
        sheets.add("consents", purpose="processing", channel="paper", document=PROCESSING, **signed)
        if rng.random() < 0.5:
            channel = rng.choice(("paper", "paper", "sms"))
            back = client.since + timedelta(days=1 + int(60 * rng.random()))
            withdrawn = {"withdrawn_at": f"{back} 12:00"} if rng.random() < 0.1 else {}
            sheets.add(
                "consents",
                purpose="advertising",
                channel=channel,
                document=ADVERTISING,
                **signed,
                **withdrawn,
            )
