"""Every URL × every role: who gets in. A new URL without a row here fails."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import agreed, hotel, make
from tests.conftest import Htmx
from tests.house.tree import ROOMS

EVERYBODY = {"advisor", "operator", "parts", "master", "manager", "admin"}
TIRES_SEEN = (
    *("tires", "set", "racks", "cell_labels", "offered", "pick_list"),
    *("label", "act", "release_note", "request", "recall", "photo"),
)
TIRES_KEPT = (
    *("take_in", "swap", "edit", "relocate", "release", "notice", "measure"),
    *("counts", "count_start", "count", "count_finish", "photo_add", "photo_remove"),
)
SERVE = {"advisor", "parts", "manager", "admin"}
KEEP = {"parts", "manager", "admin"}
OF_LINE = [
    f"orders_line:{act}" for act in ("reserve", "release", "issue", "return", "expect", "codes")
]
BOOKING_ACTS = tuple(
    f"booking:{act}" for act in ("new", "edit", "link", "slot_add", "slot", "slot_remove")
)
LOOKS_AT_CARS = {"advisor", "master", "manager", "admin"}
VISIT_ACTS = tuple(
    f"visits:{act}"
    for act in (
        *("new", "edit", "mark", "unmark", "photo_add", "photo_remove"),
        *("sign", "work_order", "check_out"),
    )
)
# Who may; "" is Zoya, who is logged in and may nothing, and "stranger" is nobody we know.
MAY = {
    "workstation": EVERYBODY,
    "open": EVERYBODY,
    "box_counts": EVERYBODY,
    "keys": EVERYBODY,
    "customer_info": EVERYBODY,
    "vehicle_info": EVERYBODY,
    "customer_events": EVERYBODY,
    "customer_contact": EVERYBODY,
    "register_contact": EVERYBODY,
    "board": EVERYBODY,
    "call_list": EVERYBODY,
    "call_record": EVERYBODY,
    "events:process": EVERYBODY,
    "events:hand_over": EVERYBODY,
    "events:postpone": EVERYBODY,
    "events:reopen": EVERYBODY,
    "tasks:tasks": EVERYBODY,
    "tasks:count": EVERYBODY,
    "tasks:colleagues": EVERYBODY,
    "new_client": EVERYBODY - {"master"},
    "alike_clients": EVERYBODY - {"master"},
    "customers:find": EVERYBODY,
    "customers:doubt": EVERYBODY,
    "customers:edit": EVERYBODY - {"master"},
    "customers:contacts": EVERYBODY,
    "customers:contact_add": EVERYBODY - {"master"},
    "customers:contact_edit": EVERYBODY - {"master"},
    "customers:contact_remove": EVERYBODY - {"master"},
    "customers:contact_up": EVERYBODY - {"master"},
    "customers:consents": EVERYBODY,
    "customers:consent_give": EVERYBODY - {"master"},
    "customers:consent_withdraw": EVERYBODY - {"master"},
    "customers:consent_print": EVERYBODY,
    "vehicles:new": EVERYBODY - {"master"},
    "vehicles:alike": EVERYBODY - {"master"},
    "vehicles:take": EVERYBODY,
    "vehicles:role_end": EVERYBODY,
    "vehicles:models": EVERYBODY,
    "vehicles:told": EVERYBODY,
    "vehicles:doubt": EVERYBODY,
    "vehicles:edit": EVERYBODY,
    "vehicles:sell": EVERYBODY,
    "vehicles:plate": EVERYBODY,
    "vehicles:odometer": EVERYBODY,
    "vehicles:role": EVERYBODY,
    "customers:attention": EVERYBODY - {"master"},
    "write_message": EVERYBODY - {"master"},
    "sms_report": EVERYBODY | {"", "stranger"},
    "unsubscribe": EVERYBODY | {"", "stranger"},
    "held": {"manager", "admin"},
    "held_file": {"manager", "admin"},
    "anonymise": {"manager", "admin"},
    "customers:merge": {"manager", "admin"},
    "customers:merge_undo": {"manager", "admin"},
    "customers:log": {"manager", "admin"},
    "vehicles:log": {"manager", "admin"},
    "orders:cart": EVERYBODY,
    "orders:orders": EVERYBODY,
    "orders:cart_add": EVERYBODY,
    "orders:selections": EVERYBODY,
    "orders:new_selection": EVERYBODY,
    "orders:lost": EVERYBODY,
    "orders_vehicle:selections": EVERYBODY,
    "orders_selection:page": EVERYBODY,
    "orders_selection:decide": EVERYBODY,
    "orders_selection:again": EVERYBODY,
    "orders_cart:change": EVERYBODY,
    "orders_cart:become": EVERYBODY,
    "orders:documents": EVERYBODY,
    "orders:spending": EVERYBODY,
    "visits:list": EVERYBODY,
    "visits:page": EVERYBODY,
    "visits:print": EVERYBODY,
    **{act: {"advisor", "master", "manager", "admin"} for act in VISIT_ACTS},
    "booking:calendar": EVERYBODY,
    "booking:page": EVERYBODY,
    "booking:feeds": EVERYBODY,
    "booking:feed": EVERYBODY | {"", "stranger"},
    **{act: {"advisor", "operator", "manager", "admin"} for act in BOOKING_ACTS},
    "booking:work_order": {"advisor", "master", "manager", "admin"},
    "orders:document_new": EVERYBODY - {"operator", "parts"},
    "orders_document:page": EVERYBODY,
    "orders_document:lines": EVERYBODY,
    "orders_document:line": EVERYBODY,
    "orders_document:line_remove": EVERYBODY,
    "orders_document:package": EVERYBODY,
    "orders_document:repeat": EVERYBODY,
    "orders_document:facts": EVERYBODY,
    "orders_document:payer": EVERYBODY,
    "orders_document:hand_over": EVERYBODY,
    "orders_document:pay": {"advisor", "manager", "admin"},
    "orders_document:state": EVERYBODY,
    "orders_document:stock": EVERYBODY,
    "orders_document:reserve": SERVE,
    "orders_document:issue": SERVE,
    "orders_document:expected": SERVE,
    **dict.fromkeys(OF_LINE, SERVE),
    "orders_stock:stock": EVERYBODY,
    "orders_stock:overdue": EVERYBODY,
    "orders_stock:movements": EVERYBODY,
    "orders_stock:receipt": KEEP,
    "orders_stock:received": KEEP,
    "orders_stock:transfer": KEEP,
    "orders_stock:write_off": KEEP,
    "orders_stock:count": KEEP,
    "orders_document:deferred": EVERYBODY,
    "orders_document:take_deferred": EVERYBODY - {"operator"},
    "orders_document:recommend": EVERYBODY - {"operator"},
    "orders_document:defects": EVERYBODY,
    "orders_document:defect_add": LOOKS_AT_CARS,
    "orders_document:approvals": EVERYBODY,
    "orders_document:approval_add": LOOKS_AT_CARS,
    "orders_document:material_add": LOOKS_AT_CARS,
    "orders_document:answer": EVERYBODY,
    "orders_document:answer_told": {"advisor", "manager", "admin"},
    "orders_document:validity": {"advisor", "parts", "manager", "admin"},
    "orders_document:version": {"advisor", "parts", "manager", "admin"},
    "orders_document:order": LOOKS_AT_CARS,
    "orders_document:reassign": {"manager", "admin"},
    "inspection:drop": EVERYBODY - {"operator"},
    "inspection:defect": LOOKS_AT_CARS,
    "inspection:defect_remove": LOOKS_AT_CARS,
    "inspection:defect_defer": EVERYBODY - {"operator"},
    "inspection:defect_estimate": {"advisor", "parts", "manager", "admin"},
    "inspection:photo": EVERYBODY,
    "visits:photo": EVERYBODY,
    "inspection:photo_remove": LOOKS_AT_CARS,
    "inspection:material": LOOKS_AT_CARS,
    "inspection:material_remove": LOOKS_AT_CARS,
    "answer_estimate": EVERYBODY | {"", "stranger"},
    "answer_photo": EVERYBODY | {"", "stranger"},
    "orders_vehicle:deferred": EVERYBODY,
    "orders_vehicle:recommend": EVERYBODY - {"operator"},
    "orders_document:payments": EVERYBODY,
    "orders_document:advance": {"advisor", "manager", "admin"},
    "orders_document:carry_over": {"advisor", "manager", "admin"},
    "orders_document:terms": EVERYBODY - {"master"},
    "orders_document:prints": EVERYBODY,
    "orders_document:print": EVERYBODY,
    "orders_document:keep": EVERYBODY - {"master", "operator"},
    "kept_print": EVERYBODY,
    "pay": EVERYBODY | {"", "stranger"},
    "orders_vehicle:history": EVERYBODY,
    "orders_vehicle:mileage": EVERYBODY,
    "orders_vehicle:works": EVERYBODY,
    "orders_vehicle:goods": EVERYBODY,
    **{f"tires:{name}": EVERYBODY for name in TIRES_SEEN},
    **{f"tires:{name}": EVERYBODY - {"operator"} for name in TIRES_KEPT},
    "tires:dispose": {"manager", "admin"},
    "orders_tires:charges": EVERYBODY,
    "orders_tires:charge": LOOKS_AT_CARS,
    "tires:lay_out": {"manager", "admin"},
    "search_settings": EVERYBODY,
    "role_settings": {"admin"},
    "save_search": EVERYBODY,
    "saved_searches": EVERYBODY,
    "set_language": EVERYBODY | {"", "stranger"},
    "current_call": EVERYBODY,
    "search_current_call": EVERYBODY,
    "call_stream": EVERYBODY,
    "calls:mine": EVERYBODY,
    "calls:caller": EVERYBODY,
    "calls:recording": {"advisor", "operator", "manager", "admin"},
    "calls:dial": EVERYBODY,
    "pbx": EVERYBODY | {"", "stranger"},
    "pbx_event": EVERYBODY | {"", "stranger"},
    "healthz": EVERYBODY | {"", "stranger"},
    "favicon": EVERYBODY | {"", "stranger"},
    "login": EVERYBODY | {"", "stranger"},
    "logout": EVERYBODY | {""},
}
# Addresses in the room of clients that name a contact.
OF_CONTACT = ("customers:contact_edit", "customers:contact_remove", "customers:contact_up")
# Addresses in the room of documents that only an estimate has.
OF_ESTIMATE = tuple(
    f"orders_document:{name}" for name in ("answer", "answer_told", "validity", "version", "order")
)
POSTED = {
    *("set_language", "saved_searches", "logout"),
    *("calls:dial", "pbx", "pbx_event", "sms_report"),
    *("alike_clients", "customers:find", "customers:doubt", "customers:contact_up"),
    *("vehicles:alike", "tasks:colleagues"),
    *("vehicles:models", "vehicles:told", "vehicles:doubt"),
    *("tires:offered", "tires:recall", "tires:count_finish"),
    *("booking:slot_remove", "booking:work_order"),
    "orders_document:take_deferred",
    "orders_document:line_remove",
    "orders_document:keep",
    *("visits:mark", "visits:unmark", "visits:sign", "visits:work_order", "visits:check_out"),
    *("orders:lost", "orders_selection:decide", "orders_selection:again"),
    *("orders_cart:change", "orders_cart:become"),
}
# What whoever gets in is told here, where it is neither a page nor a way on.
ANSWERS = {
    "healthz": (503,),  # no background worker lives among tests, and health says so
    "call_stream": (204,),
    "orders:lost": (422,),  # nothing is sent here
    "orders_selection:decide": (422,),
    "orders_cart:become": (404,),
    "orders_cart:change": (422,),
    "calls:dial": (409,),  # nobody here has a telephone
    "pbx": (403,),  # nobody here can sign
    "pbx_event": (403,),
    "sms_report": (404,),  # no gateway reports among tests
    "unsubscribe": (404,),  # the link is nobody's
    "booking:feed": (404,),
    "visits:mark": (422,),  # nothing was pointed at
    "visits:sign": (422,),  # nothing was drawn
    "visits:unmark": (200, 404),  # taken away by the first who may
    "booking:work_order": (200, 422),  # masters do not say who has arrived
    "booking:slot_remove": (204, 404),  # removed by the first who may
    "answer_estimate": (404,),
    "answer_photo": (404,),
    "orders_document:line_remove": (200, 422),  # a document one may not write is only read
    "pay": (404,),
    "kept_print": (404,),  # its file is not there
}


def patterns(resolver: URLResolver, *names: str) -> Iterator[tuple[str, URLPattern]]:
    """All patterns with their full names; the admin looks after its own."""
    for pattern in resolver.url_patterns:
        if str(pattern.pattern).startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or str(pattern.pattern)]), pattern
        else:
            yield from patterns(pattern, *names, *filter(None, [pattern.namespace]))


URLS = dict(patterns(get_resolver()))


def test_every_url_has_a_row():
    assert set(URLS) == set(MAY)


def test_every_view_of_ours_names_a_permission_that_exists(db):
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }
    for name, pattern in URLS.items():
        view = pattern.callback
        if view.__module__.split(".")[0] not in ROOMS or hasattr(view, "view_class"):
            assert name in ("login", "logout"), f"{name} is somebody else's view"
            continue
        assert view.needs == "" or view.needs in known, name


def test_only_the_doors_are_open_without_a_log_in():
    """A view open to the world is one of these, and each on purpose."""
    opened = {
        name
        for name, pattern in URLS.items()
        if not getattr(pattern.callback, "login_required", True)
    }

    assert opened <= {
        *("login", "logout", "set_language", "healthz", "favicon"),
        # whose senders must sign
        *("pbx", "pbx_event", "sms_report", "unsubscribe"),
        "booking:feed",  # whose address is signed
        *("answer_estimate", "answer_photo", "pay"),  # whose links are signed
    }


@pytest.mark.parametrize("role", [*sorted(EVERYBODY), "", "stranger"])
def test_each_role_gets_in_where_its_row_says(db, client_of, role):
    client = make.client()
    contact = [make.contact(client).pk]
    booked = make.request(client)
    slot = make.slot_of(booked, make.at(9))
    order = make.work_order(client, vehicle=make.vehicle(client), base=make.customer_order(client))
    defect = make.defect(order)
    estimate, photo = [make.estimate(client).pk], [make.photo(defect).name]
    material = [order.own_materials.create(name="Масло").pk]
    visit = make.visit(client)
    mark = visit.damages.create(x=1, y=1)
    kept = hotel.tires(client)
    measured = kept.measurements.create(taken_on=make.TODAY, wheel="fl", tread_mm=7)
    of_visit, of_wheel = [make.photo(visit).name], [make.photo(measured).name]
    keys = {
        "customers": [client.pk],
        **dict.fromkeys(OF_ESTIMATE, estimate),
        **dict.fromkeys(("inspection:photo", "inspection:photo_remove"), photo),
        **dict.fromkeys(("inspection:material", "inspection:material_remove"), material),
        "inspection:drop": [make.deferred(order.vehicle).pk],
        "inspection": [defect.pk],
        "answer_estimate": ["1:nobody"],
        "answer_photo": ["1:nobody", *photo],
        **dict.fromkeys(OF_CONTACT, contact),
        "vehicles": [make.vehicle(client).pk],
        "vehicles:role_end": [make.ownership(make.vehicle(), client).pk],
        "orders_document:expected": [make.customer_order(client).pk],
        "orders_line": [make.goods(make.work_order(client)).pk],
        "orders_stock": [(shelf := make.stock()).pk],
        "orders_stock:movements": [shelf.part_id],
        "orders_stock:received": [make.receipt(shelf).key],
        "visits": [visit.pk],
        "visits:unmark": [mark.pk],
        **dict.fromkeys(("visits:photo", "visits:photo_remove"), of_visit),
        "tires:photo_add": [measured.pk],
        **dict.fromkeys(("tires:photo", "tires:photo_remove"), of_wheel),
        "booking": [booked.pk],
        "booking:slot": [slot.pk],
        "booking:slot_remove": [slot.pk],
        "booking:feed": ["bay-1:unsigned"],
        "orders:document_new": [client.pk, "work_order"],
        "orders_document": [order.pk],
        "orders_document:line": [order.pk, "works", make.work(order).pk],
        "orders_document:line_remove": [order.pk, "works", make.work(order).pk],
        "orders_document:print": [order.pk, "mechanic"],
        "orders_document:keep": [order.pk, "mechanic"],
        "kept_print": [agreed.printed_form(order).pk],
        "orders_selection": [make.selection(client, "Свеча").pk],
        "orders_cart": [make.cart(client).pk],
        "events": [make.event(client, processed_at=None).pk],
        "call_record": [make.call_target(client).pk],
        "calls": [make.call(recording_url="https://pbx.example.com/1").pk],
        "tires": [kept.pk],
        "orders_tires": [kept.pk],
        **{name: [hotel.count().pk] for name in ("tires:count", "tires:count_finish")},
        "customers:merge_undo": [make.merge(client).pk],
        "pbx": ["mango"],
        "pbx_event": ["mango", "events/call"],
    }
    user = make.user(role="" if role == "stranger" else role)
    for name, pattern in URLS.items():
        # A part costs half of a page, and the same right.
        browser = Client() if role == "stranger" else client_of(user, Htmx)
        noun = name.partition(":")[0]
        noun = name if name in keys else "vehicles" if "vehicle" in noun else noun
        own = keys.get(noun, keys["customers"])
        address = reverse(name, args=own if pattern.pattern.converters else [])

        answer = (browser.post if name in POSTED else browser.get)(address)

        if role in MAY[name]:
            assert answer.status_code in ANSWERS.get(name, (200, 204, 302)), (name, role)
            assert "/login/?next" not in answer.get("Location", ""), (name, role)
        elif role == "stranger":
            assert answer["Location"] == f"/login/?next={address}", name
        else:
            assert answer.status_code == 403, (name, role)
