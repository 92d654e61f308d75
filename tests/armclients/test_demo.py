"""The demo shop as files: what the importer, and a visitor on any day, may count on."""

import csv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from armclients.demo import shop
from armclients.demo.sheets import COLUMNS

TODAY = date(2026, 3, 8)
DAYS = [TODAY, date(2026, 12, 31), date(2028, 2, 29)]

# The contract's columns, required ones and optional ones alike.
CONTRACT = {
    "users": "username full_name email role phone_line",
    "branches": "id name prefix timezone",
    "customers": "id name full_name kind legal_form inn kpp manager comment price_type_goods"
    " price_type_works attention attention_text created_at",
    "contacts": "customer kind value person primary",
    "cards": "number customer percent valid_from valid_until",
    "consents": "customer purpose given_at channel document version withdrawn_at author",
    "vehicles": "id make model trim vin body_number year colour plate",
    "ownerships": "vehicle customer role since until",
    "plates": "vehicle number since until",
    "odometer": "vehicle taken_on km",
    "parts": "id article manufacturer name unit price cost",
    "stock": "part warehouse quantity",
    **{name: COLUMNS[name] for name in ("labor", "prices", "hour_prices", "analogs")},
    "orders": "id customer date state number branch vehicle author manager total paid",
    "order_lines": "order part quantity price vat reserved warehouse",
    "requests": "id date state operation number branch customer customer_text contact_phone"
    " vehicle start end bay repair_kind reason author manager",
    "work_orders": "id customer date state number branch payer vehicle request repair_kind master"
    " author manager mileage planned_handover total paid",
    "work_order_works": "work_order name code norm_hours quantity price vat performer",
    "work_order_parts": "work_order part quantity price vat reserved warehouse",
    "events": "id kind occurred_at customer vehicle subject text result author manager due_at"
    " processed_at",
}
WITH_ID = "branches customers vehicles parts orders requests work_orders events"
KEYS = {"users": "username", "cards": "number"} | dict.fromkeys(WITH_ID.split(), "id")
REFERENCES = {
    "customer": "customers",
    "payer": "customers",
    "vehicle": "vehicles",
    "branch": "branches",
    "part": "parts",
    "order": "orders",
    "request": "requests",
    "work_order": "work_orders",
    "author": "users",
    "manager": "users",
    "master": "users",
    "performer": "users",
}
STATES = {
    "orders": "new approved in_supply arrived issued closed cancelled",
    "requests": "new confirmed arrived no_show cancelled",
    "work_orders": "request in_progress approval waiting parked completed closed reserved refused",
}
KINDS = "call_in call_out call_missed sms email messenger visit task web complaint other"
FINISHED = {"issued", "closed", "cancelled", "refused"}


def read(directory) -> dict[str, list[dict]]:
    sheets = {}
    for path in directory.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            sheets[path.stem] = list(csv.DictReader(file))
    return sheets


@pytest.fixture(scope="module")
def shop_of(tmp_path_factory):
    """The files of the whole shop as written on a day."""

    @cache
    def written(today: date) -> dict[str, list[dict]]:
        directory = tmp_path_factory.mktemp("shop")
        shop.write(directory, today=today)
        return read(directory)

    return written


@pytest.fixture(params=DAYS, ids=str)
def on(request, shop_of):
    """The shop on one of several days: the day and its files."""
    return request.param, shop_of(request.param)


def test_one_day_gives_the_same_bytes_twice(tmp_path):
    for name in ("one", "two"):
        shop.write(tmp_path / name, today=TODAY)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_columns_are_those_of_the_contract(on):
    _, sheets = on
    assert set(sheets) == set(CONTRACT)
    for name, rows in sheets.items():
        assert set(rows[0]) <= set(CONTRACT[name].split())
        assert " ".join(rows[0]) == COLUMNS[name]


def test_size_is_that_of_a_busy_shop(on):
    _, sheets = on
    expected = {
        "customers": 2006,
        "vehicles": 2800,
        "work_orders": 6000,
        "orders": 2500,
        "requests": 900,
        "events": 6000,
    }
    for name, count in expected.items():
        assert len(sheets[name]) == pytest.approx(count, rel=0.08), name


def test_keys_are_unique(on):
    _, sheets = on
    for name, column in KEYS.items():
        keys = [row[column] for row in sheets[name]]
        assert len(keys) == len(set(keys)), name
    for name, columns in {
        "contacts": ("customer", "kind", "value"),
        "ownerships": ("vehicle", "customer", "role", "since"),
        "odometer": ("vehicle", "taken_on"),
        "stock": ("part", "warehouse"),
        "plates": ("vehicle", "number", "since"),
    }.items():
        rows = [tuple(row[column] for column in columns) for row in sheets[name]]
        assert len(rows) == len(set(rows)), name


def test_references_resolve(on):
    _, sheets = on
    known = {name: {row[KEYS[name]] for row in sheets[name]} for name in KEYS}
    for name, rows in sheets.items():
        for column in set(rows[0]) & set(REFERENCES):
            strangers = {row[column] for row in rows} - known[REFERENCES[column]] - {""}
            assert not strangers, (name, column)


def test_the_six_of_the_seed_are_as_on_their_page(on):
    _, sheets = on
    seed = [row for row in sheets["customers"] if row["id"].startswith("seed-")]
    contacts = {row["id"]: [] for row in seed}
    for row in sheets["contacts"]:
        contacts.get(row["customer"], []).append((row["kind"], row["value"], row["primary"]))
    assert [(row["name"], row["kind"], row["inn"]) for row in seed] == [
        ("Зубков Алексей", "buyer", "7712334545"),
        ("Иванов Иван", "buyer", ""),
        ("ИКСОРА", "buyer", ""),
        ('ИЧП "Строганов НИ"', "buyer", "4256836901"),
        ("Леонидов Петр Иванович", "buyer", ""),
        ("М Партс", "buyer", ""),
    ]
    assert list(contacts.values()) == [
        [("mobile", "+7 (908) 4944434", "1")],
        [("email", "ivanov@mail.ru", "0"), ("mobile", "+7 (945) 1231010", "1")],
        [],
        [("mobile", "+7 (916) 8545678", "1")],
        [("mobile", "+7 (909) 9090909", "1")],
        [],
    ]
    plans = [row for row in sheets["requests"] if row["customer"].startswith("seed-")]
    assert [{name: value for name, value in plan.items() if value} for plan in plans] == [
        {
            "id": "seed-plan",
            "date": "2020-10-20",
            "operation": "plan",
            "number": "ЦОА0000001",
            "branch": "centre",
            "customer": "seed-zubkov",
            "vehicle": "seed-corolla",
        }
    ]
    assert sheets["vehicles"][0] == dict.fromkeys(sheets["vehicles"][0], "") | {
        "id": "seed-corolla",
        "make": "TOYOTA",
        "model": "COROLLA седан (_E12J_,_E12T_)",
        "vin": "NMTBM28E80R058037",
        "plate": "n123ap",
    }
    for name in ("orders", "work_orders", "events", "cards"):
        assert not any(row["customer"].startswith("seed-") for row in sheets[name])


def test_what_finds_zubkov_finds_nobody_else(on):
    _, sheets = on
    digits = ["".join(filter(str.isdigit, row["value"])) for row in sheets["contacts"]]
    assert sum("4944434" in number for number in digits) == 1
    assert sum(row["name"].lower().startswith("зубк") for row in sheets["customers"]) == 1
    plates = [row["plate"] for row in sheets["vehicles"]]
    plates += [row["number"] for row in sheets["plates"]]
    assert sum("123" in plate[:5] for plate in plates) == 1
    assert sum("NMTBM" in row["vin"] for row in sheets["vehicles"]) == 1
    assert not any("N123" in row["vin"] + row["body_number"] for row in sheets["vehicles"])


def test_every_state_is_there(on):
    _, sheets = on
    for name, states in STATES.items():
        assert set(states.split()) | {""} == {row["state"] for row in sheets[name]} | {""}
    plans = [row for row in sheets["requests"] if row["operation"] == "plan"]
    assert len(plans) > 40
    assert {row["state"] for row in plans} == {""}
    kinds = {row["kind"] for row in sheets["events"]}
    assert kinds == set(KINDS.split())


def test_the_workshop_is_full(on):
    _, sheets = on
    standing = Counter(row["state"] for row in sheets["work_orders"])
    assert standing["in_progress"] >= 25
    assert standing["completed"] >= 12
    opened = [row for row in sheets["work_orders"] if row["state"] not in ("closed", "refused")]
    assert len({row["vehicle"] for row in opened}) == len(opened)


def test_slots_do_not_overlap_and_keep_working_hours(on):
    today, sheets = on
    bays = defaultdict(list)
    for row in sheets["requests"]:
        if row["bay"]:
            start, end = (datetime.fromisoformat(row[edge]) for edge in ("start", "end"))
            assert start.date() == end.date()
            assert start.hour >= 8
            assert end <= start.replace(hour=20, minute=0)
            assert timedelta(-14) <= start.date() - today <= timedelta(45)
            assert row["date"] <= min(today, start.date()).isoformat()
            bays[row["branch"], row["bay"]].append((start, end))
    assert len(bays) == 8
    for slots in bays.values():
        slots.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(slots))


@pytest.mark.parametrize("days_later", range(9))
def test_today_is_booked_whatever_the_weekday(tmp_path, days_later):
    today = TODAY + timedelta(days=days_later)
    shop.write_day(tmp_path, today=today)
    booked = [
        row
        for row in read(tmp_path)["requests"]
        if row["start"].startswith(str(today)) and row["state"] not in ("cancelled", "no_show")
    ]
    assert len(booked) >= 12
    strangers = [row for row in booked if not row["customer"]]
    assert len(strangers) >= 3
    assert all(row["customer_text"] and row["contact_phone"] for row in strangers)


def test_reserves_stay_within_stock_and_on_unfinished_documents(on):
    _, sheets = on
    stock = {(row["part"], row["warehouse"]): Decimal(row["quantity"]) for row in sheets["stock"]}
    for lines, header, document in (
        ("order_lines", "orders", "order"),
        ("work_order_parts", "work_orders", "work_order"),
    ):
        states = {row["id"]: row["state"] for row in sheets[header]}
        reserved = [row for row in sheets[lines] if row["reserved"]]
        assert len(reserved) > 20
        for row in reserved:
            assert states[row[document]] not in FINISHED
            assert 0 < Decimal(row["reserved"]) <= Decimal(row["quantity"])
            stock[row["part"], row["warehouse"]] -= Decimal(row["reserved"])
    assert min(stock.values()) >= 0


def test_a_car_has_one_owner_at_a_time(on):
    _, sheets = on
    owners = defaultdict(list)
    for row in sheets["ownerships"]:
        assert not row["until"] or row["since"] < row["until"]
        if row["role"] == "owner":
            owners[row["vehicle"]].append((row["since"], row["until"]))
    for spans in owners.values():
        spans.sort()
        assert all(until and until <= since for (_, until), (since, _) in pairwise(spans))
    assert len(sheets["vehicles"]) - len(owners) > 10
    assert sum(len(spans) > 1 for spans in owners.values()) > 30


def test_a_new_plate_follows_the_former_one(on):
    _, sheets = on
    undated = {row["id"] for row in sheets["vehicles"] if row["plate"]}
    plates = defaultdict(list)
    for row in sheets["plates"]:
        plates[row["vehicle"]].append(row)
    assert not undated & set(plates)
    for former, current in plates.values():
        assert former["since"] < former["until"] == current["since"]
        assert not current["until"]


def test_mileage_only_grows(on):
    _, sheets = on
    readings = defaultdict(list)
    for row in sheets["odometer"]:
        readings[row["vehicle"]].append((row["taken_on"], int(row["km"])))
    for series in readings.values():
        kilometres = [km for _, km in sorted(series)]
        assert kilometres == sorted(kilometres)


def test_nothing_has_happened_in_the_future(on):
    today, sheets = on
    for name in ("orders", "work_orders", "requests"):
        assert max(row["date"] for row in sheets[name]) == str(today), name
    tomorrow = str(today + timedelta(days=1))
    for column in ("occurred_at", "processed_at"):
        assert max(row[column] for row in sheets["events"]) < tomorrow


def test_events_wait_for_somebody(on):
    today, sheets = on
    waiting = [row for row in sheets["events"] if not row["processed_at"]]
    assert len(waiting) >= 60
    due = [row["due_at"] for row in waiting if row["kind"] == "task"]
    assert sum(moment.startswith(str(today)) for moment in due) >= 10
    assert sum(moment < str(today) for moment in due) >= 10
    assert any(not row["customer"] for row in waiting)


def test_everyone_has_something_of_their_own(on):
    _, sheets = on
    shares = defaultdict(set)
    for name in ("orders", "work_orders", "requests", "events"):
        for row in sheets[name]:
            for user in {row["author"], row["manager"]} - {""}:
                shares[user].add(row["customer"])
    assert set(shares) == {login.username for login in shop.LOGINS}
    for login in shop.LOGINS:
        if login.role == "advisor":
            assert 200 < len(shares[login.username]) < 1000


def test_the_first_day_continued_adds_nothing(tmp_path, shop_of):
    shop.write_day(tmp_path, today=TODAY)
    written = shop_of(TODAY)
    for name, rows in read(tmp_path).items():
        known = {tuple(row.values()) for row in written[name]}
        assert {tuple(row.values()) for row in rows} <= known, name


def test_later_days_fit_the_bookings_written_before(tmp_path, shop_of):
    """A demo written once and continued weeks later keeps its slots apart."""
    first = shop_of(TODAY)
    requests = {row["id"]: row for row in first["requests"]}
    customers = {row["id"] for row in first["customers"]}
    vehicles = {row["id"] for row in first["vehicles"]}
    for days in (1, 20, 300):
        later = TODAY + timedelta(days=days)
        directory = tmp_path / str(days)
        shop.write_day(directory, today=later)
        sheets = read(directory)
        assert not {"customers", "vehicles"} & set(sheets)
        for row in sheets["requests"]:
            before = requests.get(row["id"], row)
            assert before | {"state": row["state"]} == row
            requests[row["id"]] = row
        for name in ("requests", "work_orders", "events"):
            assert {row["customer"] for row in sheets[name]} - {""} <= customers
            assert {row["vehicle"] for row in sheets[name]} - {""} <= vehicles
        assert any(row["state"] == "in_progress" for row in sheets["work_orders"])
        assert any(not row["processed_at"] for row in sheets["events"])
    bays = defaultdict(list)
    for row in requests.values():
        if row["bay"]:
            bays[row["bay"]].append((row["start"], row["end"]))
    for slots in bays.values():
        slots.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(slots))


def test_people_and_cars_are_the_same_on_any_day(on, shop_of):
    """Rows written later refer to clients and cars by identifiers given on the first day."""
    _, sheets = on
    for name, columns in {
        "customers": ("id", "name", "inn", "manager"),
        "contacts": ("customer", "kind", "value"),
        "vehicles": ("id", "vin", "body_number", "plate"),
    }.items():
        pairs = zip(sheets[name], shop_of(TODAY)[name], strict=True)
        assert all(one[column] == two[column] for one, two in pairs for column in columns), name


def test_log_ins_cover_every_role():
    roles = Counter(login.role for login in shop.LOGINS)
    assert set(roles) == {"advisor", "operator", "parts", "master", "manager", "admin"}
    assert min(roles["advisor"], roles["master"]) >= 3
    assert shop.PASSWORD == "demo"
