"""What the database refuses is an error of the form, in words."""

import pytest
from django.apps import apps

from armclients.kit.admin import SENTENCES
from orders.models import Document, Payment, Reserve, Slot, StateChange, WorkOrder
from tests import make
from tests.admin.test_pages import FLOORS, page
from vehicles.models import VehicleOwnership


def refusal(browser, model, typed, sentence):
    """The form comes back with the sentence, and nothing was written."""
    before = model.objects.count()
    answer = browser.post(page(model, "add"), typed)
    assert answer.status_code == 200
    assert str(SENTENCES[sentence]) in errors(answer)
    assert model.objects.count() == before


def errors(answer):
    found = [*answer.context["adminform"].form.non_field_errors()]
    for inline in answer.context["inline_admin_formsets"]:
        found += inline.formset.non_form_errors()
        for form in inline.formset:
            found += form.non_field_errors()
    return found


def moment(name, value):
    return {f"{name}_0": f"{value:%d.%m.%Y}", f"{name}_1": f"{value:%H:%M}"}


def no_rows(*prefixes):
    totals = ("TOTAL_FORMS", "INITIAL_FORMS")
    return {f"{prefix}-{total}": 0 for prefix in prefixes for total in totals}


NO_LINES = no_rows("works", "goods", "payments", "state_changes")


def test_every_rule_has_its_sentence():
    rules = {
        constraint.name
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models()
        for constraint in model._meta.constraints
    }

    # No person enters what a file or the PBX says.
    theirs = {rule for rule in rules if rule.endswith("_source_once") or rule.startswith("call_")}
    assert rules - theirs <= set(SENTENCES)


@pytest.mark.parametrize("scarce", ["bay", "master"])
def test_two_slots_at_one_time(admin_client, admin_user, scarce):
    taken = {"bay": make.bay(), "master": admin_user}[scarce]
    make.request(slot=make.at(12), **{scarce: taken})
    other = make.request()
    typed = {
        "request": other.pk,
        scarce: taken.pk,
        **moment("start_at", make.at(12, 30)),
        **moment("end_at", make.at(13, 30)),
    }

    refusal(admin_client, Slot, typed, f"slot_no_overlap_on_{scarce}")


def test_two_owners_at_one_time(admin_client, db):
    car = make.vehicle(make.client())
    typed = {"vehicle": car.pk, "counterparty": make.client().pk, "role": "owner"}

    refusal(admin_client, VehicleOwnership, typed, "ownership_one_at_a_time")


def test_two_primary_contacts(admin_client, db):
    client = make.ivanov()
    second = client.contacts.get(kind="email")
    typed = {"counterparty": client.pk, "kind": "email", "value": second.value, "is_primary": "on"}

    answer = admin_client.post(page(type(second), "change", second.pk), typed)

    assert str(SENTENCES["contact_one_primary"]) in errors(answer)


def test_reserve_above_the_stock(admin_client, db):
    line = make.goods(make.customer_order())
    stock = make.stock(line.part, quantity=2)

    typed = {"line": line.pk, "stock": stock.pk, "quantity": 3}
    refusal(admin_client, Reserve, typed, "stock_reserve_not_above_quantity")


def test_reserve_of_another_part(admin_client, db):
    line = make.goods(make.customer_order())

    typed = {"line": line.pk, "stock": make.stock().pk, "quantity": 1}
    refusal(admin_client, Reserve, typed, "reserve_possible")


def test_a_number_given_twice(admin_client, db):
    order = make.work_order()
    typed = {"number": order.number, "date": f"{make.TODAY:%d.%m.%Y}", "branch": order.branch.pk}
    typed |= {"state": "request", "total": 0, **NO_LINES}

    refusal(admin_client, WorkOrder, typed, "document_number_once")


def test_a_sum_too_large_to_keep(admin_client, db):
    order = make.work_order()
    typed = {"number": "", "date": f"{make.TODAY:%d.%m.%Y}", "branch": order.branch.pk}
    typed |= {"state": "request", "total": 0, **NO_LINES, "works-TOTAL_FORMS": 1}
    line = {"name": "Замена масла", "position": 1, "quantity": "999999999", "price": "999999999999"}
    line["discount_percent"] = 0
    typed |= {f"works-0-{name}": value for name, value in line.items()}

    answer = admin_client.post(page(WorkOrder, "add"), typed)

    assert answer.status_code == 200
    assert errors(answer)


def test_a_document_without_a_number_draws_one(admin_client, admin_user, db):
    branch = make.branch()
    typed = {"date": f"{make.TODAY:%d.%m.%Y}", "branch": branch.pk, "state": "request", "total": 0}

    answers = [admin_client.post(page(WorkOrder, "add"), typed | NO_LINES) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    drawn = Document.objects.order_by("pk").values_list("kind", "number")
    assert list(drawn) == [("work_order", "ЦОА0000001"), ("work_order", "ЦОА0000002")]


def test_a_new_state_is_logged_with_who_set_it(admin_client, admin_user, db):
    order = make.work_order(state="request")
    typed = {"number": order.number, "date": f"{make.TODAY:%d.%m.%Y}", "branch": order.branch.pk}
    typed |= {"state": "in_progress", "total": 0, **NO_LINES}

    admin_client.post(page(WorkOrder, "change", order.pk), typed)

    change = StateChange.objects.get()
    assert (change.from_state, change.to_state, change.by) == ("request", "in_progress", admin_user)


def test_an_edit_does_not_undo_a_payment_made_meanwhile(admin_client, db, monkeypatch):
    order = make.work_order(state="request")
    typed = {"number": order.number, "date": f"{make.TODAY:%d.%m.%Y}", "branch": order.branch.pk}
    typed |= {"state": "request", "total": 900, **NO_LINES}
    meanwhile = WorkOrder.full_clean

    def pay_and_clean(self, *args, **kwargs):
        Payment.objects.create(document=order, amount=400, date=make.TODAY)
        return meanwhile(self, *args, **kwargs)

    monkeypatch.setattr(WorkOrder, "full_clean", pay_and_clean)
    admin_client.post(page(WorkOrder, "change", order.pk), typed)

    order.refresh_from_db()
    assert (order.total, order.paid) == (900, 400)
