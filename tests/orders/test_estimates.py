"""Estimates: the client's page without a log-in, the answer, versions, and the work order."""

import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from armclients.kit.refusals import RefusedError
from customers.messaging import optout
from customers.models import Event, OutgoingMessage
from orders import estimate_links
from orders.actions import estimates
from orders.models import Approval, DeferredWork, EstimateAnswer, LineAnswer, WorkOrder
from orders.queries import deferred
from orders.queries import estimates as queries
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_knocked(settings, tmp_path):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client():
    zubkov = make.client("Зубков Алексей")
    make.contact(zubkov, "+7 (908) 4944434", is_primary=True)
    return zubkov


@pytest.fixture
def estimate(client, anna):
    """Two works and a part, sent and valid for a week."""
    made = make.estimate(
        client,
        vehicle=make.vehicle(client, plate="А123ВС77"),
        manager=anna,
        state="sent",
        valid_until=make.day(7),
    )
    make.work(made, "Замена масла", price=1000)
    make.work(made, "Замена ремня", price=5000, position=2)
    make.goods(made, make.part("OC-90", name="Фильтр"), price=300, quantity=2)
    return made


def address(estimate):
    return f"/e/{estimate_links.token_of(estimate.pk)}/"


def lines(estimate):
    offer = queries.offer(estimate)
    return [*(f"w{line.pk}" for line in offer.works), *(f"p{line.pk}" for line in offer.goods)]


def answer(estimate, *agreed, browser=None, **facts):
    given = {"lines": agreed, "seen": queries.offer(estimate).digest, "text": ""} | facts
    return (browser or Client()).post(address(estimate), given)


def told(estimate, *agreed, by=None, **facts):
    offer = queries.offer(estimate)
    said = estimates.Said(
        works={line.pk for line in offer.works if line.name in agreed},
        goods=set(),
        seen=offer.digest,
        **facts,
    )
    return estimates.answer(estimate.pk, said, by=by, at=make.NOW, today=make.TODAY)


class TestPage:
    def test_is_read_without_a_log_in_and_found_by_nobody_else(self, estimate):
        page = Client().get(address(estimate))

        text = page.content.decode()
        assert page.status_code == 200
        assert all(word in text for word in ("Замена масла", "Фильтр", "OC-90"))
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert 'name="robots" content="noindex' in text

    def test_says_nothing_of_the_person(self, estimate):
        text = Client().get(address(estimate)).content.decode()

        assert not any(word in text for word in ("Зубков", "494", "А123ВС"))

    def test_costs_few_statements_however_long_it_is(self, estimate, statements):
        for _ in range(60):
            make.work(estimate)
        for _ in range(5):
            make.defect(estimate, estimate=estimate)

        with statements(at_most=7):
            Client().get(address(estimate))

    def test_shows_photographs_of_its_own_defects_only(self, estimate):
        order = make.work_order()
        shown = make.photo(make.defect(order, estimate=estimate))
        hidden = make.photo(make.defect(order))

        text = Client().get(address(estimate)).content.decode()
        seen = Client().get(f"{address(estimate)}photos/{shown.name}/")
        refused = Client().get(f"{address(estimate)}photos/{hidden.name}/")

        assert str(shown.name) in text
        assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
        assert refused.status_code == 404

    def test_words_of_others_are_words(self, estimate):
        make.work(estimate, "<script>alert(1)</script>")

        assert "<script>alert" not in Client().get(address(estimate)).content.decode()


class TestLink:
    @pytest.mark.parametrize(
        "forge",
        [
            lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
            lambda token: re.sub(r"^\d+", lambda pk: str(int(pk[0]) + 1), token),
            lambda token: token.split(":")[0],
            lambda token: token.upper(),
            lambda token: token + "x" * 5000,
            lambda _token: "0",
            lambda _token: "%00",
            lambda _token: "é:é",
        ],
    )
    def test_forged_opens_nothing(self, estimate, forge):
        forged = f"/e/{forge(estimate_links.token_of(estimate.pk))}/"

        assert Client().get(forged).status_code == 404
        assert Client().post(forged, {"lines": lines(estimate)}).status_code == 404
        assert not EstimateAnswer.objects.exists()

    def test_of_another_thing_opens_nothing(self, client):
        token = optout.url_for(client.pk).rstrip("/").rsplit("/", 1)[1]

        assert Client().get(f"/e/{token}/").status_code == 404

    @pytest.mark.parametrize(
        "facts",
        [
            {"valid_until": make.day(-1)},
            {"valid_until": None},
            {"state": "draft"},
            {"state": "rejected"},
            {"state": "accepted"},
        ],
    )
    def test_opens_nothing_that_is_not_on_offer(self, estimate, facts):
        type(estimate).objects.filter(pk=estimate.pk).update(**facts)

        page = Client().get(address(estimate))
        answered = answer(estimate, *lines(estimate))

        assert (page.status_code, answered.status_code) == (410, 410)
        assert "Замена масла" not in page.content.decode()
        assert not EstimateAnswer.objects.exists()

    def test_opens_until_the_end_of_its_last_day(self, estimate):
        type(estimate).objects.filter(pk=estimate.pk).update(valid_until=make.TODAY)

        assert Client().get(address(estimate)).status_code == 200

    def test_of_a_superseded_version_says_so(self, estimate, anna):
        newer = estimates.new_version(estimate.pk, by=anna, on=make.TODAY)
        type(newer).objects.filter(pk=newer.pk).update(state="sent", valid_until=make.day(7))

        assert answer(estimate, *lines(estimate)).status_code == 410
        assert Client().get(address(newer)).status_code == 200

    def test_photographs_close_with_it(self, estimate):
        photo = make.photo(make.defect(estimate, estimate=estimate))
        type(estimate).objects.filter(pk=estimate.pk).update(valid_until=make.day(-1))

        assert Client().get(f"{address(estimate)}photos/{photo.name}/").status_code == 404

    def test_is_not_to_be_tried_at_random(self, estimate):
        knocks = [Client().get(f"/e/{n}:x/").status_code for n in range(61)]

        assert set(knocks[:60]) == {404}
        assert knocks[60] == 429
        assert Client().get(address(estimate)).status_code == 429
        elsewhere = Client(REMOTE_ADDR="10.0.0.9")
        assert elsewhere.get(address(estimate)).status_code == 200


class TestAnswer:
    def test_is_kept_line_by_line_with_time_address_and_text(self, estimate):
        oil, _belt, filters = lines(estimate)

        page = answer(
            estimate, oil, filters, text="Ремень потом", browser=Client(REMOTE_ADDR="10.1.2.3")
        )

        given = EstimateAnswer.objects.get()
        assert page.status_code == 200
        assert (given.at, given.address, given.text) == (make.NOW, "10.1.2.3", "Ремень потом")
        assert (given.how, given.author, given.accepted_total) == ("link", None, 1600)
        assert list(given.lines.order_by("pk").values_list("is_accepted", flat=True)) == [
            True,
            False,
            True,
        ]
        estimate.refresh_from_db()
        assert estimate.state == "accepted"
        change = estimate.state_changes.latest("pk")
        assert (change.from_state, change.to_state, change.by) == ("sent", "accepted", None)

    def test_of_no_to_all_rejects_it(self, estimate):
        answer(estimate)

        estimate.refresh_from_db()
        assert estimate.state == "rejected"

    def test_waits_for_whoever_is_responsible(self, estimate, anna, web):
        answer(estimate, lines(estimate)[0], text="Позвоните")

        event = Event.objects.get()
        assert (event.kind, event.manager, event.text) == ("web", anna, "Позвоните")
        assert event.is_new
        assert event.document_id == estimate.pk
        assert "Позвоните" in web.get("/tasks/").content.decode()

    def test_declined_lines_stay_with_the_vehicle(self, estimate):
        answer(estimate, lines(estimate)[0])

        works = deferred.of_vehicle(estimate.vehicle)
        assert {work.name for work in works} == {"Замена ремня", "Фильтр"}
        assert {work.origin for work in works} == {"declined"}
        assert {work.document_id for work in works} == {estimate.pk}

    def test_is_given_once(self, estimate):
        answer(estimate, lines(estimate)[0])

        again = answer(estimate, *lines(estimate))

        assert again.status_code == 200
        assert EstimateAnswer.objects.get().accepted_total == 1000
        assert "Замена масла" in Client().get(address(estimate)).content.decode()

    def test_names_lines_of_this_estimate_only(self, estimate, client):
        other = make.estimate(client)
        foreign = make.work(other)

        refused = answer(estimate, lines(estimate)[0], f"w{foreign.pk}")

        assert refused.status_code == 422
        assert not EstimateAnswer.objects.exists()

    @pytest.mark.parametrize("nonsense", ["w", "p", "w-1", "x1", "w" + "9" * 400, "\0", "w1 OR 1"])
    def test_of_nonsense_is_none(self, estimate, nonsense):
        assert answer(estimate, nonsense).status_code == 422
        assert not EstimateAnswer.objects.exists()

    def test_of_a_megabyte_is_none(self, estimate):
        answered = answer(estimate, *lines(estimate), text="Я" * 1_000_000)

        assert answered.status_code == 413
        assert not EstimateAnswer.objects.exists()

    def test_too_long_is_said_and_nothing_is_lost(self, estimate):
        oil, *_others = lines(estimate)

        answered = answer(estimate, oil, text="Длинно " * 400)

        text = answered.content.decode()
        assert answered.status_code == 422
        assert "Длинно Длинно" in text
        assert text.count(" checked") == 1

    def test_agrees_to_what_was_read(self, estimate):
        seen = queries.offer(estimate).digest
        estimate.works.filter(name="Замена масла").update(price=9000)

        answered = answer(estimate, *lines(estimate), seen=seen)

        assert answered.status_code == 422
        assert not EstimateAnswer.objects.exists()

    def test_without_a_word_of_what_was_seen_is_none(self, estimate):
        assert answer(estimate, *lines(estimate), seen="").status_code == 422

    def test_is_written_as_words(self, estimate, web):
        answer(estimate, lines(estimate)[0], text="<img src=x onerror=alert(1)>")

        for page in (f"/documents/{estimate.pk}/answer/", address(estimate), "/tasks/"):
            assert "<img src=x" not in web.get(page).content.decode()

    def test_may_be_told_to_an_advisor(self, estimate, web, anna):
        type(estimate).objects.filter(pk=estimate.pk).update(valid_until=make.day(-3))
        given = {
            "lines": lines(estimate)[:1],
            "seen": queries.offer(estimate).digest,
            "how": "phone",
        }

        web.post(f"/documents/{estimate.pk}/answer/told/", given)

        answered = EstimateAnswer.objects.get()
        assert (answered.how, answered.author, answered.address) == ("phone", anna, None)
        assert not Event.objects.exists()

    def test_without_a_vehicle_defers_nothing(self, estimate):
        type(estimate).objects.filter(pk=estimate.pk).update(vehicle=None)

        answer(estimate)

        assert not DeferredWork.objects.exists()


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
