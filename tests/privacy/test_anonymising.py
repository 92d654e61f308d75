"""A client is nobody any more, and the books stay; before that, all that is held is shown."""

import pytest

from armclients.kit.refusals import RefusedError
from armclients.privacy import anonymising
from customers.actions import messages
from customers.models import AccessLogEntry, Call, Counterparty, Event
from orders.models import Document, Payment
from tests import hotel, make
from tests.customers import pbx


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.fixture
def client(db):
    """Somebody of whom there is everything, some of it changed before."""
    client = make.client("Зубков Алексей", inn="7712334545", comment="секрет")
    make.contact(client, "+7 (908) 4944434", is_primary=True).save()
    mail = make.contact(client, "zubkov@mail.ru")
    mail.value = "zubkov@mail.com"
    mail.save()
    client.name = "Зубков А."
    client.save()
    car = make.vehicle(client, vin="NMTBM28E80R058037")
    order = make.work_order(client, vehicle=car, state="closed")
    make.payment(order, 100, counterparty=client)
    make.request(client, state="no_show", customer_text="Зубков", contact_phone="+7 908 4944434")
    make.card(client, "4944434")
    make.consent(client, "advertising")
    make.event(client, text="секрет", vehicle=car)
    make.cart(client)
    make.message(client, text="секрет")
    make.merge(client, make.client("Зубков второй"))
    return client


def anonymise(client) -> Counterparty:
    return anonymising.anonymise(client.pk, by=None, at=make.NOW)


class TestAnonymise:
    def test_keeps_the_books(self, client):
        anonymise(client)

        assert Document.objects.filter(counterparty=client).count() == 2
        assert Payment.objects.get().counterparty == client
        assert client.consents.count() == 1
        assert not client.consents.live(purpose="advertising").exists()
        assert AccessLogEntry.objects.latest("pk").why == "anonymise"
        assert not client.ownerships.exists()

    @pytest.mark.parametrize("state", ["in_progress", "completed"])
    def test_waits_for_unfinished_work(self, client, state):
        make.work_order(client, state=state)

        with pytest.raises(RefusedError):
            anonymise(client)

        assert client.contacts.exists()

    def test_waits_for_their_tires(self, client):
        hotel.tires(client)

        with pytest.raises(RefusedError):
            anonymise(client)

    def test_waits_for_their_money(self, client):
        make.work(make.work_order(client, state="closed"))

        with pytest.raises(RefusedError):
            anonymise(client)

    def test_is_done_once(self, client):
        anonymise(client)

        with pytest.raises(RefusedError):
            anonymise(client)

    @pytest.mark.parametrize("is_kept", [True, False])
    def test_nobody_is_merged_with_somebody(self, client, is_kept):
        anonymise(client)
        pair = (client, make.client()) if is_kept else (make.client(), client)

        with pytest.raises(RefusedError):
            make.merge(*pair)

    def test_a_family_keeps_its_calls(self, client):
        wife = make.client("Мария")
        shared, own = make.call(number="+7 900 1"), make.call(number="+7 900 2")
        shared.counterparties.set([client, wife])
        own.counterparties.set([client])

        anonymise(client)

        assert list(Call.objects.all()) == [shared]
        assert list(shared.counterparties.all()) == [wife]

    def test_a_call_that_goes_on_becomes_a_strangers(self, client):
        pbx.say("c1", "ringing")
        anonymise(client)

        event = pbx.say("c1", "answered", "ended", after=5).event

        assert event.counterparty is None
        assert not Event.objects.filter(counterparty=client).exists()

    def test_a_late_report_is_taken_quietly(self, client):
        message = client.messages.get()
        anonymise(client)

        messages.give_up(message.pk, "Нет связи", at=make.NOW)

        assert not Event.objects.exists()


class TestScreen:
    @pytest.fixture
    def web(self, client_of, dina):
        return client_of(dina)

    def test_shows_all_that_is_held(self, web, client):
        page = web.get(f"/customers/{client.pk}/held/").content.decode()

        for known in ("Зубков А.", "+7 (908) 4944434", "zubkov@mail.com", "7712334545", "секрет"):
            assert known in page
        assert AccessLogEntry.objects.filter(why="export").exists()

    def test_of_many_rows_costs_the_same(self, client, client_of, dina, statements):
        browser, costs = client_of(dina), []
        for _round in range(2):
            with statements() as sql:
                browser.get(f"/customers/{client.pk}/held/")
            costs.append(len(sql))
            for _row in range(10):
                make.event(client, manager=dina)
                make.contact(client)

        assert costs[0] == costs[1]

    def test_asks_first_and_says_that_it_is_for_good(self, web, client):
        address = f"/customers/{client.pk}/anonymise/"
        log = web.get(f"/customers/{client.pk}/log/").content.decode()
        assert f'href="{address}"' in log

        assert "Отменить нельзя" in web.get(address).content.decode()
        assert client.contacts.exists()
        web.post(address)

        page = web.get(f"/?customer={client.pk}").content.decode()
        assert "Обезличенный клиент" in page

    def test_an_advisor_may_not(self, client_of, anna, client):
        browser = client_of(anna)

        for act in ("held", "anonymise"):
            assert browser.get(f"/customers/{client.pk}/{act}/").status_code == 403
