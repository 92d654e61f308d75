"""The state of a document is changed on the screen: by whom, into what, and what must hold."""

import pytest

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.actions.states import change_state, possible_for
from orders.models import Document, Reserve, StateChange
from tests import make
from tests.workstation.writers import one_during_the_other

WORKSHOP = list(states.WORK_ORDER)
# Each state of a work order and what it can become; a dot is a way that does not exist.
WORK_ORDERS = """
               request reserved in_progress approval waiting parked completed closed refused
    request       .      work       work       .      work     .        .       .     work
    reserved     work     .         work       .       .       .        .       .     work
    in_progress   .       .          .        work    work    work     work     .      .
    approval      .       .         work       .      work    work      .       .     work
    waiting       .       .         work      work     .      work      .       .     work
    parked        .       .         work      work    work     .        .       .     work
    completed     .       .         work       .       .       .        .     close    .
    closed        .       .          .         .       .       .      reopen    .      .
    refused     reopen    .          .         .       .       .        .       .      .
"""
WAYS = {
    (source, target): None if right == "." else right
    for source, *rights in (line.split() for line in WORK_ORDERS.strip().splitlines()[1:])
    for target, right in zip(WORKSHOP, rights, strict=True)
}
MAY = {
    "advisor": {"work", "close"},
    "operator": set(),
    "parts": set(),
    "master": {"work"},
    "manager": {"work", "close", "reopen"},
    "admin": {"work", "close", "reopen"},
    "": set(),
}


def state_of(document: Document) -> str:
    return Document.objects.values_list("state", flat=True).get(pk=document.pk)


def address(document: Document) -> str:
    return f"/documents/{document.pk}/state/"


@pytest.mark.parametrize("role", MAY)
def test_every_role_may_go_the_ways_of_its_row(db, role):
    user = make.user(role=role)
    for source in WORKSHOP:
        order = Document(kind="work_order", state=source)

        possible = possible_for(user, order)

        assert set(possible) == {
            target for target in WORKSHOP if WAYS[source, target] in MAY[role]
        }, source


@pytest.mark.parametrize(
    ("kind", "role", "source", "targets"),
    [
        ("repair_request", "operator", "confirmed", {"new", "arrived", "no_show", "cancelled"}),
        ("repair_request", "operator", "", set()),
        ("repair_request", "parts", "confirmed", set()),
        ("customer_order", "parts", "new", {"approved", "cancelled"}),
        ("customer_order", "parts", "in_supply", {"cancelled"}),
        ("customer_order", "parts", "issued", {"closed"}),
        ("customer_order", "operator", "new", set()),
        ("customer_order", "manager", "closed", set()),
        ("estimate", "advisor", "draft", {"sent", "accepted", "rejected"}),
        ("estimate", "advisor", "accepted", {"draft"}),
        ("estimate", "master", "draft", set()),
        ("sale", "parts", "draft", {"posted", "cancelled"}),
        ("sale", "parts", "posted", set()),
        ("sale", "manager", "posted", {"cancelled"}),
        ("invoice", "advisor", "posted", {"cancelled"}),
        ("invoice", "operator", "draft", set()),
    ],
)
def test_bookings_and_orders_have_ways_of_their_own(db, kind, role, source, targets):
    document = Document(kind=kind, state=source)

    assert set(possible_for(make.user(role=role), document)) == targets


def test_all_declared_states_exist():
    for kind, ways in states.CHANGES.items():
        named = {*ways, *(target for targets in ways.values() for target in targets)}
        assert named <= set(states.OF_KIND[kind])


class TestOnTheScreen:
    def test_a_button_for_each_way_and_the_log_below(self, web, anna):
        order = make.work_order(state="request")
        change_state(order.pk, seen="request", to="in_progress", by=anna, why="приехал")

        page = web.get(address(order)).content.decode()

        assert 'value="completed"' in page
        assert 'value="closed"' not in page
        assert "приехал" in page
        assert "Белова А. И." in page

    def test_the_state_changes_and_the_log_says_who_and_why(self, htmx, anna):
        order = make.work_order(state="in_progress")

        answer = htmx.post(
            address(order), {"seen": "in_progress", "to": "waiting", "why": "ждём деталь"}
        )

        change = StateChange.objects.get(document=order)
        assert answer.status_code == 204
        assert "documents-changed" in answer["HX-Trigger"]
        assert (change.to_state, change.by, change.why) == ("waiting", anna, "ждём деталь")

    def test_without_scripts_one_is_back_at_the_client(self, web):
        order = make.work_order(state="in_progress")

        answer = web.post(address(order), {"seen": "in_progress", "to": "completed"}, follow=True)

        assert "Выполнен" in answer.content.decode()
        assert state_of(order) == "completed"

    @pytest.mark.parametrize(
        ("state", "sent"),
        [
            ("in_progress", {"seen": "in_progress", "to": "closed"}),
            ("in_progress", {"seen": "request", "to": "waiting"}),
            ("in_progress", {"seen": "in_progress", "to": "нет такого"}),
            ("in_progress", {"seen": "in_progress"}),
            ("in_progress", {}),
            ("closed", {"seen": "closed", "to": "completed", "why": "забыли"}),
        ],
    )
    def test_what_cannot_be_changes_nothing_and_says_so(self, htmx, state, sent):
        order = make.work_order(state=state)

        answer = htmx.post(address(order), sent)

        assert answer.status_code == 422
        assert f'name="seen" value="{state}"' in answer.content.decode()
        assert state_of(order) == state

    def test_there_is_no_such_document(self, web):
        assert web.get("/documents/999999/state/").status_code == 404
        assert web.post("/documents/999999/state/", {"to": "closed"}).status_code == 404


class TestWhatMustHold:
    def test_an_unpaid_order_is_closed_by_special_right_only(self, anna, dina):
        order = make.work_order(state="completed")
        make.work(order, price=1500)

        with pytest.raises(RefusedError, match=arm.money(1500)):
            change_state(order.pk, seen="completed", to="closed", by=anna)
        change_state(order.pk, seen="completed", to="closed", by=dina)

        assert state_of(order) == "closed"

    def test_goods_still_reserved_are_named_and_released_only_on_demand(self, htmx, anna):
        order = make.work_order(state="completed")
        make.reserve(make.goods(order, price=0))

        answer = htmx.post(address(order), {"seen": "completed", "to": "closed"})
        page = answer.content.decode()

        assert 'name="releases"' in page
        assert Reserve.objects.exists()
        said = {"seen": "completed", "to": "closed", "releases": "on"}
        answer = htmx.post(address(order), said)
        assert 'name="leaves_goods"' in answer.content.decode()
        htmx.post(address(order), {**said, "leaves_goods": "on"})
        assert state_of(order) == "closed"
        assert not Reserve.objects.exists()

    def test_a_closed_order_is_reopened_with_a_reason(self, dina):
        order = make.work_order(state="closed")

        with pytest.raises(RefusedError):
            change_state(order.pk, seen="closed", to="completed", by=dina, why=" ")
        change_state(order.pk, seen="closed", to="completed", by=dina, why="не та сумма")

        assert state_of(order) == "completed"

    def test_a_cancelled_booking_comes_back_only_to_a_free_bay(self, boris):
        bay = make.bay()
        booking = make.request(slot=make.NOW, bay=bay, state="cancelled")
        make.request(slot=make.NOW, bay=bay)

        with pytest.raises(RefusedError):
            change_state(booking.pk, seen="cancelled", to="new", by=boris)

        assert state_of(booking) == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_is_told():
    anna, order = make.user("anna", role="advisor"), make.work_order(state="in_progress")
    told = []

    def second() -> None:
        try:
            change_state(order.pk, seen="in_progress", to="parked", by=anna)
        except RefusedError as refusal:
            told.append(str(refusal))

    one_during_the_other(
        lambda: change_state(order.pk, seen="in_progress", to="completed", by=anna), second
    )

    assert len(told) == 1
    assert state_of(order) == "completed"
    assert StateChange.objects.count() == 1
