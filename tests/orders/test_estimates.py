"""The client's page of an estimate: read and answered without a log-in, and by nobody else."""

import re

import pytest
from django.test import Client

from customers.messaging import optout
from customers.models import Event
from orders import links
from orders.actions import estimates
from orders.models import DeferredWork, EstimateAnswer
from orders.queries import deferred
from orders.queries import estimates as queries
from tests import make
from tests.orders import offers
from tests.orders.offers import address, answer, lines

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
        forged = f"/e/{forge(links.ESTIMATES.token_of(estimate.pk))}/"

        assert Client().get(forged).status_code == 404
        assert Client().post(forged, {"lines": lines(estimate)}).status_code == 404
        assert not EstimateAnswer.objects.exists()

    def test_of_another_thing_opens_nothing(self, client):
        token = optout.LINKS.url_for(client.pk).rstrip("/").rsplit("/", 1)[1]

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
