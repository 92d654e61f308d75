"""Estimates are sent, have versions, and go into a work order; what was agreed upon holds."""

from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from customers.models import OutgoingMessage
from orders.actions import estimates
from orders.models import Approval, EstimateAnswer, LineAnswer, WorkOrder
from orders.queries import deferred
from orders.queries import estimates as queries
from tests import make
from tests.orders import offers
from tests.orders.offers import address, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client():
    zubkov = make.client("Зубков Алексей")
    make.contact(zubkov, "+7 (908) 4944434", is_primary=True)
    return zubkov


@pytest.fixture
def estimate(client, anna):
    return offers.sent(client, anna)


class TestSend:
    @pytest.fixture
    def draft(self, estimate):
        type(estimate).objects.filter(pk=estimate.pk).update(state="draft", valid_until=None)
        estimate.refresh_from_db()
        return estimate

    def test_the_window_begins_with_the_link(self, web, draft):
        page = web.get(f"/customers/{draft.counterparty_id}/write/?document={draft.pk}")

        assert address(draft) in page.content.decode()

    def test_what_was_sent_is_on_offer_for_a_week(self, web, draft, client, anna):
        contact = client.contacts.get()
        sent = {
            "key": "written-1",
            "recipient": contact.pk,
            "document": draft.pk,
            "purpose": "service",
            "text": "Смотрите {link}",
        }

        web.post(f"/customers/{client.pk}/write/?document={draft.pk}", sent)

        assert address(draft) in OutgoingMessage.objects.get().text
        draft.refresh_from_db()
        assert (draft.state, draft.valid_until) == ("sent", make.day(7))
        assert draft.state_changes.latest("pk").by == anna

    def test_a_message_without_the_link_sends_nothing(self, web, draft, client):
        sent = {
            "key": "written-1",
            "recipient": client.contacts.get().pk,
            "document": draft.pk,
            "purpose": "service",
            "text": "Добрый день",
        }

        web.post(f"/customers/{client.pk}/write/?document={draft.pk}", sent)

        draft.refresh_from_db()
        assert draft.state == "draft"

    def test_the_validity_is_not_set_to_a_day_that_is_over(self, web, draft):
        page = f"/documents/{draft.pk}/validity/"

        assert web.post(page, {"until": make.day(-1)}).status_code == 422
        web.post(page, {"until": make.day(30)})

        draft.refresh_from_db()
        assert draft.valid_until == make.day(30)


class TestVersion:
    def test_has_the_same_lines_and_the_former_stays(self, web, estimate):
        photo = make.photo(make.defect(make.work_order(), estimate=estimate))

        web.post(f"/documents/{estimate.pk}/version/", {})

        newer = queries.newer_than(estimate).estimate
        assert (newer.version, newer.state, newer.total) == (2, "draft", estimate_total(estimate))
        assert newer.shown_defects.get() == photo.defect
        former = web.get(f"/documents/{estimate.pk}/").content.decode()
        assert "Замена ремня" in former
        section = web.get(f"/documents/{newer.pk}/answer/").content.decode()
        assert estimate.number in section

    def test_there_is_one_next_version(self, web, estimate):
        web.post(f"/documents/{estimate.pk}/version/", {})

        again = web.post(f"/documents/{estimate.pk}/version/", {})

        assert again.status_code == 422
        assert estimate.followers.count() == 1

    def test_what_was_declined_is_written_down_once(self, estimate, anna):
        told(estimate, "Замена масла")
        newer = estimates.new_version(estimate.pk, by=anna, on=make.TODAY)

        told(newer, "Замена масла", by=anna)

        works = deferred.of_vehicle(estimate.vehicle)
        assert sorted(work.name for work in works) == ["Замена ремня", "Фильтр"]

    def test_what_was_declined_and_is_accepted_later_waits_no_more(self, estimate, anna):
        told(estimate, "Замена масла")
        newer = estimates.new_version(estimate.pk, by=anna, on=make.TODAY)
        told(newer, "Замена масла", "Замена ремня", by=anna)

        order = estimates.take_accepted(newer.pk, by=anna, on=make.TODAY, at=make.NOW)

        assert order.works.count() == 2
        assert [work.name for work in deferred.of_vehicle(estimate.vehicle)] == ["Фильтр"]


def estimate_total(estimate):
    estimate.refresh_from_db(fields=["total"])
    return estimate.total


class TestIntoAWorkOrder:
    def test_accepted_lines_alone_and_their_sum_is_approved(self, web, estimate):
        told(estimate, "Замена масла", how="phone", by=make.user())

        answered = web.post(f"/documents/{estimate.pk}/order/", {})

        order = WorkOrder.objects.get()
        assert answered["Location"] == f"/documents/{order.pk}/"
        assert [work.name for work in order.works.all()] == ["Замена масла"]
        assert not order.goods.exists()
        assert (order.base_id, order.vehicle) == (estimate.pk, estimate.vehicle)
        approval = Approval.objects.get()
        assert (approval.amount, approval.how, approval.who) == (1000, "phone", "Зубков Алексей")
        assert approval.is_firm

    def test_never_twice(self, web, estimate):
        told(estimate, "Замена масла")
        web.post(f"/documents/{estimate.pk}/order/", {})

        again = web.post(f"/documents/{estimate.pk}/order/", {})

        assert again.status_code == 422
        assert WorkOrder.objects.count() == 1

    def test_of_extra_work_goes_into_the_order_it_is_about(self, web, estimate):
        order = make.work_order(estimate.counterparty, vehicle=estimate.vehicle)
        make.work(order, "Диагностика", price=500)
        type(estimate).objects.filter(pk=estimate.pk).update(base=order)
        told(estimate, "Замена масла")

        web.post(f"/documents/{estimate.pk}/order/", {})

        assert {work.name for work in order.works.all()} == {"Диагностика", "Замена масла"}
        assert Approval.objects.get().amount == 1500
        assert WorkOrder.objects.count() == 1

    def test_not_before_the_client_has_answered(self, web, estimate):
        assert web.post(f"/documents/{estimate.pk}/order/", {}).status_code == 422
        assert not WorkOrder.objects.exists()

    def test_of_what_was_accepted_by_hand_all(self, web, estimate):
        type(estimate).objects.filter(pk=estimate.pk).update(state="accepted")

        web.post(f"/documents/{estimate.pk}/order/", {})

        order = WorkOrder.objects.get()
        assert (order.works.count(), order.goods.count(), order.total) == (2, 1, 6600)
        assert EstimateAnswer.objects.get().accepted_total == 6600

    @pytest.mark.parametrize("by_hand", ["accepted", "rejected"])
    def test_an_answer_may_follow_the_state(self, estimate, anna, by_hand):
        type(estimate).objects.filter(pk=estimate.pk).update(state=by_hand)

        told(estimate, "Замена масла", by=anna)

        estimate.refresh_from_db()
        assert estimate.state == "accepted"
        assert len(deferred.of_vehicle(estimate.vehicle)) == 2

    def test_not_when_the_client_wants_nothing(self, estimate, anna):
        told(estimate)

        with pytest.raises(RefusedError):
            estimates.take_accepted(estimate.pk, by=anna, on=make.TODAY, at=make.NOW)


class TestApprovals:
    def approve(self, web, order, amount, **facts):
        given = {
            "who": "Зубков",
            "how": "phone",
            "at": "2041-03-12T11:00",
            "what": "работы",
            "amount": amount,
        }
        return web.post(f"/documents/{order.pk}/approvals/add/", given | facts)

    @pytest.mark.parametrize(
        ("total", "firm", "warns"),
        [(1000, True, False), (1001, True, True), (1100, False, False), (1101, False, True)],
    )
    def test_going_above_warns(self, web, client, total, firm, warns):
        order = make.work_order(client)
        self.approve(web, order, "1000", **({"is_firm": "on"} if firm else {}))
        make.work(order, price=total)

        text = web.get(f"/documents/{order.pk}/approvals/").content.decode()

        assert ('role="alert"' in text) == warns

    def test_the_latest_counts(self, web, client):
        order = make.work_order(client)
        make.work(order, price=1500)
        self.approve(web, order, "1000", is_firm="on")

        self.approve(web, order, "1500", is_firm="on", at="2041-03-12T11:20")

        text = web.get(f"/documents/{order.pk}/approvals/").content.decode()
        assert 'role="alert"' not in text
        assert order.approvals.count() == 2

    def test_says_what_is_wrong_at_its_field(self, web, client):
        order = make.work_order(client)

        refused = self.approve(web, order, "-5", who="")

        text = refused.content.decode()
        assert refused.status_code == 422
        assert 'id="ask-amount_error"' in text
        assert 'id="ask-who_error"' in text

    def test_own_materials_with_their_papers(self, web, client):
        order = make.work_order(client)
        given = {"name": "Масло 5W-30", "quantity": "4", "unit": "л", "has_certificate": "on"}

        web.post(f"/documents/{order.pk}/materials/add/", given)
        material = order.own_materials.get()
        web.post(f"/inspection/materials/{material.pk}/", given | {"quantity": "4.5"})

        text = web.get(f"/documents/{order.pk}/approvals/").content.decode()
        assert "Масло 5W-30" in text
        material.refresh_from_db()
        assert (material.quantity, material.has_receipt) == (Decimal("4.5"), False)
        web.post(f"/inspection/materials/{material.pk}/remove/")
        assert not order.own_materials.exists()


def test_lines_are_remembered_as_they_were_answered(estimate):
    told(estimate, "Замена масла")

    estimate.works.all().delete()

    assert LineAnswer.objects.filter(is_accepted=True).get().name == "Замена масла"
