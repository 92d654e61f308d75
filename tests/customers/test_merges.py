"""Two cards of one client are made one, and two again; nothing is lost meanwhile."""

import threading

import pytest
from django.db import connection, transaction

from armclients.kit.refusals import RefusedError
from customers import queries
from customers.actions import events, merges, messages
from customers.belongings import links
from customers.messaging import optout
from customers.models import (
    AccessLogEntry,
    Call,
    Consent,
    Contact,
    Counterparty,
    CustomerMerge,
    Event,
)
from orders.models import OpeningBalance
from tests import make
from tests.customers import pbx
from tests.workstation import search_rows
from tests.workstation.writers import (
    PATIENCE,
    Writer,
    at_once,
    one_during_the_other,
    somebody_waits,
)

WHY = {"reason": "Дважды заведён"}


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


def busy(name: str, phone: str) -> Counterparty:
    """A client with one of everything."""
    client = make.client(name, inn="7707083893", full_name=f"{name} полностью")
    make.contact(client, phone, is_primary=True)
    make.contact(client, "общая@mail.ru")
    car = make.vehicle(client, plate="А123ВС77")
    order = make.work_order(client, vehicle=car)
    make.work(order)
    make.payment(order, 100, counterparty=client)
    make.customer_order(make.client(), payer=client)
    make.cart(client, vehicle=car)
    make.card(client)
    make.consent(client)
    make.event(client, vehicle=car, processed_at=None)
    make.message(client)
    call = make.call(number=phone, state="ended", ended_at=make.NOW)
    call.counterparties.set([client])
    OpeningBalance.objects.create(counterparty=client, amount=500)
    return client


def held(client: int) -> dict[str, list[int]]:
    rows = {
        link.name: list(link.of(client).order_by("pk").values_list("pk", flat=True))
        for link in links()
    }
    return {name: keys for name, keys in rows.items() if keys}


@pytest.fixture
def two(db):
    return make.client("Зубков"), busy("Зубков Алексей", "+7 (908) 4944434")


class TestMerge:
    def test_everything_goes_over(self, two, anna):
        kept, gone = two
        before = held(gone.pk)
        assert len(before) >= 12

        merges.merge(kept.pk, other=gone.pk, **WHY, by=anna, at=make.NOW)

        after = held(kept.pk)
        assert {name: after[name] for name in before} == before
        assert not Counterparty.objects.filter(pk=gone.pk).exists()
        search_rows.assert_true()

    def test_what_one_says_fills_what_the_other_does_not(self, two):
        kept, gone = two
        Counterparty.objects.filter(pk=gone.pk).update(attention="stop", attention_text="Должник")

        make.merge(kept, gone)

        kept.refresh_from_db()
        assert (kept.name, kept.inn) == ("Зубков", "7707083893")
        assert (kept.attention, kept.attention_text) == ("stop", "Должник")

    def test_the_same_is_there_once(self, db):
        kept, gone = busy("А", "+7 (908) 4944434"), busy("Б", "8 908 494-44-34")

        make.merge(kept, gone)

        assert kept.contacts.filter(kind="mobile").count() == 1
        assert kept.contacts.filter(is_primary=True).count() == 1
        assert OpeningBalance.objects.get().amount == 1000
        assert kept.consents.count() == 1
        search_rows.assert_true()

    @pytest.mark.parametrize("by_the_kept", [True, False])
    def test_an_opt_out_of_either_wins(self, two, by_the_kept):
        out, other = two if by_the_kept else two[::-1]
        make.consent(out, "advertising", given_at=make.at(8), withdrawn_at=make.at(9))
        make.consent(other, "advertising", given_at=make.at(10))

        merged = make.merge(*two)

        assert not two[0].consents.live(purpose="advertising").exists()
        merges.undo(merged.pk, by=None, at=make.NOW)
        assert other.consents.live(purpose="advertising").exists()
        assert not out.consents.live(purpose="advertising").exists()

    def test_a_consent_given_again_is_no_opt_out(self, two):
        kept, gone = two
        make.consent(gone, "advertising", given_at=make.at(7), withdrawn_at=make.at(8))
        make.consent(gone, "advertising", given_at=make.at(9))

        make.merge(kept, gone)

        assert kept.consents.live(purpose="advertising").exists()

    def test_needs_two_clients(self, two):
        kept, _gone = two

        for pk in (kept.pk, 123456789):
            with pytest.raises(RefusedError):
                merges.merge(kept.pk, other=pk, **WHY, by=None, at=make.NOW)


class TestUndo:
    def test_gives_everything_back(self, anna, db):
        kept, gone = busy("А", "+7 (908) 4944434"), busy("Б", "8 908 494-44-34")
        before = held(kept.pk), held(gone.pk)
        facts = Counterparty.objects.filter(pk=gone.pk).values().get()
        merged = make.merge(kept, gone)

        merges.undo(merged.pk, by=anna, at=make.NOW)

        after = held(kept.pk)
        del after["customers.CustomerMerge.kept"]
        assert (after, held(gone.pk)) == before
        assert Counterparty.objects.filter(pk=gone.pk).values().get() == facts
        assert Contact.objects.filter(is_primary=True).count() == 2
        assert sorted(OpeningBalance.objects.values_list("amount", flat=True)) == [500, 500]
        search_rows.assert_true()

    def test_leaves_what_was_written_since(self, two):
        kept, gone = two
        merged = make.merge(kept, gone)
        since = make.event(kept)
        Counterparty.objects.filter(pk=kept.pk).update(inn="500100732259")

        merges.undo(merged.pk, by=None, at=make.NOW)

        kept.refresh_from_db()
        since.refresh_from_db()
        assert since.counterparty == kept
        assert (kept.inn, kept.full_name) == ("500100732259", "")

    def test_of_a_chain_goes_backwards(self, two):
        first, gone = two
        last = make.client("Последний")
        make.merge(first, gone)
        merged = make.merge(last, first)
        assert queries.survivor_of(gone.pk) == last.pk

        merges.undo(merged.pk, by=None, at=make.NOW)

        assert queries.survivor_of(gone.pk) == first.pk
        assert first.ownerships.exists()

    def test_twice_is_refused(self, two):
        merged = make.merge(*two)
        merges.undo(merged.pk, by=None, at=make.NOW)

        with pytest.raises(RefusedError):
            merges.undo(merged.pk, by=None, at=make.NOW)

    def test_is_refused_where_the_same_was_entered_anew(self, two):
        kept, gone = two
        merged = make.merge(kept, gone)
        source = merged.snapshot["client"]["source_id"]
        Counterparty.objects.create(name="Из файла", source_id=source)

        with pytest.raises(RefusedError), transaction.atomic():
            merges.undo(merged.pk, by=None, at=make.NOW)

        merged.refresh_from_db()
        assert merged.undone_at is None
        assert kept.ownerships.exists()


class TestScreen:
    @pytest.fixture
    def web(self, client_of, dina):
        return client_of(dina)

    def test_shows_what_goes_over_before_it_does(self, web, two):
        kept, gone = two
        address = f"/customers/{kept.pk}/merge/"
        assert f'href="{address}"' in web.get(f"/?customer={kept.pk}").content.decode()

        first = web.post(address, {"client": "зубков алексей", **WHY})
        page = first.content.decode()
        assert first.status_code == 422
        assert "контакты — 2" in page.lower()
        assert Counterparty.objects.filter(pk=gone.pk).exists()

        form = first.context["form"]
        sent = {name: form[name].value() for name in form.fields} | {"client_key": gone.pk}
        web.post(address, sent)
        assert not Counterparty.objects.filter(pk=gone.pk).exists()

    def test_an_agreement_is_about_one_client(self, web, two):
        kept, gone = two
        other = make.client("Другой")

        sent = {"client": "другой", "is_sure": gone.pk, **WHY}
        answer = web.post(f"/customers/{kept.pk}/merge/", sent)

        assert answer.status_code == 422
        assert Counterparty.objects.filter(pk=other.pk).exists()

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"client": "зубков алексей"}, "reason"),
            (WHY, "client"),
            ({"client": "нет", **WHY}, "client"),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, web, two, sent, field):
        answer = web.post(f"/customers/{two[0].pk}/merge/", sent)

        assert answer.status_code == 422
        assert f'id="ask-{field}_error"' in answer.content.decode()

    def test_the_same_client_is_refused(self, web, two):
        _kept, gone = two

        sent = {"client": "зубков алексей", "is_sure": gone.pk, **WHY}
        answer = web.post(f"/customers/{gone.pk}/merge/", sent)

        assert answer.status_code == 422
        assert 'id="ask-client_error"' in answer.content.decode()

    def test_the_log_tells_of_it_and_undoes_it(self, web, two):
        kept, gone = two
        merged = make.merge(kept, gone)

        page = web.get(f"/customers/{kept.pk}/log/").content.decode()
        web.post(f"/customers/merges/{merged.pk}/undo/")

        assert "Дважды заведён" in page
        assert f'href="/customers/merges/{merged.pk}/undo/"' in page
        assert Counterparty.objects.filter(pk=gone.pk).exists()

    def test_an_advisor_may_not(self, client_of, anna, two):
        web = client_of(anna)

        assert "/merge/" not in web.get(f"/?customer={two[0].pk}").content.decode()
        assert web.post(f"/customers/{two[0].pk}/merge/", WHY).status_code == 403


class TestAfterwards:
    def test_an_old_address_opens_the_client_who_was_kept(self, web, two):
        kept, gone = two
        make.merge(kept, gone)

        for address in (f"/?customer={gone.pk}", f"/customers/{gone.pk}/events/"):
            page = web.get(address).content.decode()
            assert ">Зубков</h1>" in page or f'data-customer-open="{kept.pk}"' in page
        assert AccessLogEntry.objects.latest("pk").counterparty == kept

    def test_what_is_sent_from_an_old_page_lands_on_them(self, web, two):
        kept, gone = two
        make.merge(kept, gone)

        sent = {"kind": "call_in", "text": "Слово"}
        web.post(f"/customers/{gone.pk}/contact/register/", sent)

        assert Event.objects.get(text="Слово").counterparty == kept

    def test_a_call_that_goes_on_is_theirs(self, two, anna):
        kept, gone = two
        call = pbx.say("c1", "ringing")
        assert list(call.counterparties.all()) == [gone]
        make.merge(kept, gone)

        event = pbx.say("c1", "answered", "ended", after=5).event

        assert event.counterparty == kept

    def test_a_report_about_their_message_is_told_to_them(self, two):
        kept, gone = two
        message = gone.messages.get()
        make.merge(kept, gone)

        messages.give_up(message.pk, "Нет связи", at=make.NOW)

        assert kept.events.filter(kind="task").exists()

    def test_their_way_out_of_advertising_still_works(self, client, two):
        kept, gone = two
        make.consent(gone, "advertising")
        address = optout.LINKS.url_for(gone.pk)
        make.merge(kept, gone)

        client.post(address[address.index("/unsubscribe/") :])

        assert not kept.consents.live(purpose="advertising").exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_who_merge_the_same_pair_make_one_merge(self):
        one, other, refused = make.client("А"), make.client("Б"), []

        def merge(kept, gone) -> None:
            try:
                merges.merge(kept.pk, other=gone.pk, **WHY, by=None, at=make.NOW)
            except RefusedError as refusal:
                refused.append(refusal)

        at_once(lambda: merge(one, other), lambda: merge(other, one))

        assert len(refused) == 1
        assert Counterparty.objects.count() == CustomerMerge.objects.count() == 1

    def test_a_call_that_ends_meanwhile_lands_on_who_is_kept(self):
        kept, gone = make.client("А"), make.client("Б")
        make.contact(gone, pbx.NUMBER)
        pbx.say("c1", "ringing")

        def tell() -> None:
            pbx.say("c1", "answered", "ended", after=5)
            connection.close()

        merge = Writer(lambda: make.merge(kept, gone), holds=True)
        assert merge.has_written.wait(PATIENCE)
        # On its own, as the PBX's request is: a transaction around it would end its second try.
        told = threading.Thread(target=tell)
        told.start()
        while told.is_alive() and not somebody_waits():
            told.join(0.005)
        merge.may_commit.set()
        told.join(PATIENCE)

        assert Call.objects.get().event.counterparty == kept

    def test_words_that_are_written_meanwhile_are_not_lost_in_silence(self):
        kept, gone = make.client("А"), make.client("Б")
        refused = []

        def write() -> None:
            said = {"kind": "visit", "result": "", "text": "Слово"}
            try:
                events.register(gone, vehicle_id=None, step=None, by=None, at=make.NOW, **said)
            except RefusedError as refusal:
                refused.append(refusal)

        errors = one_during_the_other(lambda: make.merge(kept, gone), write)

        assert errors == (None, None)
        assert len(refused) == 1

    def test_is_undone_by_one_of_two(self):
        merged, refused = make.merge(make.client("А"), make.client("Б")), []

        def undo() -> None:
            try:
                merges.undo(merged.pk, by=None, at=make.NOW)
            except RefusedError as refusal:
                refused.append(refusal)

        at_once(undo, undo)

        assert len(refused) == 1
        assert Counterparty.objects.count() == 2
        assert not Consent.objects.exists()
