"""What the world may say to us: reports of gateways, and «no more advertising»."""

import hashlib
import threading

import pytest
from django.db import connections
from django.test import Client

from customers.messaging import optout, outbox
from customers.models import OutgoingMessage
from tests import make


@pytest.fixture
def client(db):
    return make.zubkov()


def sent(client):
    message = make.message(client)
    outbox.attend(message.pk)
    message.refresh_from_db()
    return message


def signed(uid, status, secret="word"):
    text = f"{uid}:79084944434:{status}:{secret}"
    return {
        "id": uid,
        "phone": "79084944434",
        "status": str(status),
        "sha1": hashlib.sha1(text.encode()).hexdigest(),
    }


def of_smsru(*entries, key="key"):
    facts = {f"data[{place}]": entry for place, entry in enumerate(entries)}
    return facts | {"hash": hashlib.sha256((key + "".join(entries)).encode()).hexdigest()}


class TestReportsOfSmsc:
    def test_a_delivery_is_written_down_and_seen_in_the_feed(self, client, smsc):
        message = sent(client)

        answer = Client().post("/sms/smsc/", signed(message.uid.hex, 1))

        message.refresh_from_db()
        assert (answer.status_code, answer.content) == (200, b"OK")
        assert (message.state, message.delivered_at) == ("delivered", make.NOW)

    @pytest.mark.parametrize("secret", ["guess", ""])
    def test_a_stranger_is_refused(self, client, smsc, secret):
        message = sent(client)

        answer = Client().post("/sms/smsc/", signed(message.uid.hex, 1, secret))

        message.refresh_from_db()
        assert (answer.status_code, message.state) == (403, "sent")

    def test_late_and_repeated_reports_change_nothing(self, client, smsc):
        message = sent(client)

        for status in (1, 0, 20, 1, -1):
            Client().post("/sms/smsc/", signed(message.uid.hex, status))

        message.refresh_from_db()
        assert message.state == "delivered"
        assert not client.events.filter(kind="task").exists()

    def test_a_failure_becomes_one_call_however_often_it_is_reported(self, client, smsc):
        message = sent(client)

        for _time in range(3):
            Client().post("/sms/smsc/", signed(message.uid.hex, 20))

        message.refresh_from_db()
        assert message.state == "failed"
        assert client.events.filter(kind="task").count() == 1

    @pytest.mark.parametrize("uid", ["", "17", "zz", "0" * 32])
    def test_a_report_about_nothing_of_ours_is_taken_quietly(self, client, smsc, uid):
        assert Client().post("/sms/smsc/", signed(uid, 1)).status_code == 200

    def test_a_clients_stop_withdraws_the_consent(self, client, smsc):
        consent = make.consent(client, "advertising")
        text = "79084944434:СТОП:79001112233:word"
        word = {"phone": "79084944434", "mes": "СТОП", "to": "79001112233"}

        Client().post("/sms/smsc/", word | {"md5": hashlib.md5(text.encode()).hexdigest()})

        consent.refresh_from_db()
        assert consent.withdrawn_at == make.NOW
        assert client.events.filter(kind="sms").exists()

    def test_other_words_of_a_client_are_a_new_event(self, client, smsc):
        text = "79084944434:Буду в 8:79001112233:word"
        word = {"phone": "79084944434", "mes": "Буду в 8", "to": "79001112233"}

        Client().post("/sms/smsc/", word | {"md5": hashlib.md5(text.encode()).hexdigest()})

        assert client.events.get(kind="sms").is_new


class TestReportsOfSmsRu:
    def test_many_reports_come_at_once(self, client, smsru):
        first, second = sent(client), sent(client)
        entries = (
            f"sms_status\n{first.provider_id}\n103\n1700000000",
            f"sms_status\n{second.provider_id}\n104\n1700000000",
            "callcheck_status\n1\n401",
            "",
        )

        answer = Client().post("/sms/smsru/", of_smsru(*entries))

        first.refresh_from_db()
        second.refresh_from_db()
        assert answer.content == b"100"
        assert (first.state, second.state) == ("delivered", "failed")

    def test_a_stranger_is_refused(self, client, smsru):
        message = sent(client)

        answer = Client().post(
            "/sms/smsru/", of_smsru(f"sms_status\n{message.provider_id}\n103", key="guess")
        )

        assert answer.status_code == 403


@pytest.mark.parametrize("provider", ["smsru", "file", "smpp", "pigeon"])
def test_only_the_gateway_in_use_has_a_door(client, smsc, provider):
    assert Client().post(f"/sms/{provider}/", {}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_report_ten_times_in_parallel_is_one(smsc):
    client = make.zubkov()
    message = sent(client)
    answers = []

    def report():
        answers.append(Client().post("/sms/smsc/", signed(message.uid.hex, 20)).status_code)
        connections.close_all()

    threads = [threading.Thread(target=report) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 10
    assert OutgoingMessage.objects.get().state == "failed"
    assert client.events.filter(kind="task").count() == 1


class TestUnsubscribe:
    def test_a_button_and_not_the_link_alone_ends_the_advertising(self, client):
        consent = make.consent(client, "advertising")
        url = optout.LINKS.url_for(client.pk)
        path = url[url.index("/unsubscribe") :]

        looked = Client().get(path)
        consent.refresh_from_db()
        before = consent.withdrawn_at
        pressed = Client(enforce_csrf_checks=True).post(path)

        consent.refresh_from_db()
        assert (looked.status_code, before) == (200, None)
        assert (pressed.status_code, consent.withdrawn_at) == (200, make.NOW)
        assert client.name not in looked.content.decode()

    def test_pressed_twice_it_is_written_down_once(self, client):
        make.consent(client, "advertising")
        url = optout.LINKS.url_for(client.pk)

        for _time in range(2):
            Client().post(url[url.index("/unsubscribe") :])

        assert client.events.count() == 1

    @pytest.mark.parametrize("token", ["1", "1:forged", "x:y", ":"])
    def test_a_link_nobody_made_leads_nowhere(self, client, token):
        assert Client().post(f"/unsubscribe/{token}/").status_code == 404

    @pytest.mark.parametrize(
        ("text", "meant"),
        [("СТОП", True), (" стоп! ", True), ("Stop", True), ("не стоп", False), ("", False)],
    )
    def test_the_word_is_known(self, text, meant):
        assert optout.is_meant(text) is meant
