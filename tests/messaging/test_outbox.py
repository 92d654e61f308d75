"""Sending: what goes out goes out once; what fails is tried again, and in the end told by phone."""

import datetime
import email.policy

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from armclients.kit import clock
from customers.actions import messages
from customers.messaging import outbox
from customers.models import Event, OutgoingMessage
from tests import make

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def later(monkeypatch):
    """`later(hours=1)`: so much time has passed since the test began."""

    def move(**passed):
        now = make.NOW + datetime.timedelta(**passed)
        monkeypatch.setattr(clock, "now", lambda: now)

    return move


@pytest.fixture
def client(db):
    return make.zubkov()


def waiting_jobs(message) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND args->>'message' = %s",
            [str(message.pk)],
        )
        return cursor.fetchone()[0]


class TestQueue:
    def test_a_message_waits_with_a_job_and_stands_in_the_feed(self, client, anna):
        message = make.message(client, by=anna)

        event = client.events.get()
        assert (message.state, waiting_jobs(message)) == ("queued", 1)
        assert (event.kind, event.text, event.is_new) == ("sms", "Ждём вас", False)

    def test_one_key_is_one_message(self, client):
        first, second = make.message(client, key="once"), make.message(client, key="once")

        assert first == second
        assert client.events.count() == 1

    def test_a_state_never_goes_back(self, client):
        message = make.message(client)
        outbox.attend(message.pk)

        with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
            OutgoingMessage.objects.update(state="queued")

    @pytest.mark.parametrize(
        ("given", "field", "words"),
        [
            ({"text": "К оплате {sum}"}, "text", "{sum}"),
            ({"text": "{summ}"}, "text", "{client}, {car}, {plate}, {document}"),
            ({"text": " "}, "text", ""),
            ({"text": "я" * 10_000}, "text", "150"),
            ({"recipient": "12"}, "recipient", ""),
            ({"channel": "email", "recipient": "nobody", "subject": "!"}, "recipient", ""),
            ({"channel": "email", "recipient": "a@b.ru"}, "subject", ""),
            ({"purpose": "advertising"}, "purpose", ""),
        ],
    )
    def test_what_cannot_be_sent_is_refused_at_its_field(self, client, given, field, words):
        with pytest.raises(ValidationError) as refusal:
            make.message(client, **given)

        assert list(refusal.value.message_dict) == [field]
        assert words in refusal.value.message_dict[field][0]
        assert not OutgoingMessage.objects.exists()


class TestSmsc:
    def test_a_message_is_sent_once_and_its_delivery_asked_for(self, client, smsc, later):
        message = make.message(client, text="Готов 😀")

        outbox.attend(message.pk)
        outbox.attend(message.pk)
        smsc.states[message.uid.hex] = 1
        later(seconds=10)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert [form["mes"] for form in smsc.taken] == ["Готов 😀"]
        assert (smsc.taken[0]["psw"], smsc.taken[0]["id"]) == ("p@ss", message.uid.hex)
        assert (message.state, message.attempts) == ("delivered", 1)
        assert message.event.result == message.get_state_display()

    def test_a_silent_gateway_is_asked_before_anything_is_sent_again(
        self, client, smsc, later, impatient
    ):
        message = make.message(client)
        smsc.mood = "silent"

        outbox.attend(message.pk)
        smsc.mood = "fine"
        outbox.attend(message.pk)
        early = smsc.asked
        later(minutes=1)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (early, smsc.asked, len(smsc.taken)) == (0, 1, 1)
        assert message.state == "sent"

    def test_what_a_silent_gateway_never_got_is_sent_again(self, client, smsc, later, impatient):
        message = make.message(client)
        smsc.mood = "amnesia"

        outbox.attend(message.pk)
        smsc.mood = "fine"
        later(minutes=1)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (len(smsc.taken), message.state, message.attempts) == (1, "sent", 2)

    def test_an_answer_nobody_understands_is_asked_about(self, client, smsc, later):
        message = make.message(client)
        smsc.mood = "gibberish"

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, bool(message.handed_at)) == ("sending", True)
        assert "p@ss" not in message.error
        assert "shop" not in message.error

    def test_a_refusal_for_good_becomes_a_call(self, client, smsc, anna):
        message = make.message(client, by=anna)
        smsc.mood = "refuse"

        outbox.attend(message.pk)

        message.refresh_from_db()
        task = Event.objects.get(kind="task")
        assert (message.state, task.manager, task.is_new) == ("failed", anna, True)
        assert "wrong number" in task.text
        assert message.event.result.startswith(message.get_state_display())

    def test_a_busy_gateway_is_tried_again_up_to_the_limit(self, client, smsc, later):
        message = make.message(client)
        smsc.mood = "busy"

        for attempt in range(len(outbox.PAUSES) + 2):
            later(hours=4 * attempt)
            outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.attempts) == ("failed", len(outbox.PAUSES) + 1)
        assert Event.objects.filter(kind="task").count() == 1

    def test_a_gateway_that_is_not_there_is_tried_again(self, client, smsc, settings):
        settings.SMS_ADDRESS = type(settings.SMS_ADDRESS)(
            **{**vars(settings.SMS_ADDRESS), "port": 1}
        )
        message = make.message(client)

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.handed_at) == ("sending", None)
        assert message.next_attempt_at == make.NOW + outbox.PAUSES[0]


class TestSmsRu:
    def test_a_message_is_sent_and_asked_about_by_the_gateways_name(self, client, smsru, later):
        message = make.message(client)

        outbox.attend(message.pk)
        smsru.states["000000-00000001"] = 103
        later(seconds=10)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.provider_id) == ("delivered", "000000-00000001")
        assert smsru.taken[0]["api_id"] == "key"

    def test_a_message_in_doubt_is_never_sent_twice_but_somebody_calls(
        self, client, smsru, later, impatient
    ):
        message = make.message(client)
        smsru.mood = "silent"

        outbox.attend(message.pk)
        smsru.mood = "fine"
        later(hours=5)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (len(smsru.taken), message.state) == (1, "failed")
        assert Event.objects.filter(kind="task").count() == 1

    @pytest.mark.parametrize(("mood", "state"), [("refuse", "failed"), ("busy", "sending")])
    def test_its_errors_are_told_apart(self, client, smsru, mood, state):
        message = make.message(client)
        smsru.mood = mood

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, smsru.taken) == (state, [])


class TestSmpp:
    def test_a_long_message_goes_in_parts_and_its_receipt_comes(
        self, client, operator, later, impatient
    ):
        message = make.message(client, text="я" * 100)

        outbox.attend(message.pk)
        operator.receipts.append(("m2", "DELIVRD"))
        outbox.collect(at=make.NOW)

        message.refresh_from_db()
        headers = [part.short_message[:6] for part in operator.parts]
        body = b"".join(part.short_message[6:] for part in operator.parts)
        assert [list(header[4:]) for header in headers] == [[2, 1], [2, 2]]
        assert body.decode("utf-16-be") == message.text
        assert [part.registered_delivery for part in operator.parts] == [0, 1]
        assert message.state == "delivered"

    def test_latin_goes_in_seven_bits(self, client, operator, impatient):
        message = make.message(client, text="Ready: 5€")

        outbox.attend(message.pk)

        (part,) = operator.parts
        assert (part.data_coding, part.short_message) == (0, b"Ready: 5\x1be")

    def test_a_gateway_that_lets_nobody_in_is_tried_again(self, client, operator, impatient):
        message = make.message(client)
        operator.lets_in = False

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.handed_at) == ("sending", None)
        assert "pass" not in message.error

    def test_a_silent_gateway_is_never_given_it_twice(self, client, operator, later, impatient):
        message = make.message(client)
        operator.is_silent = True

        outbox.attend(message.pk)
        later(hours=5)
        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (len(operator.parts), message.state) == (1, "failed")

    def test_a_clients_word_ends_advertising(self, client, operator, impatient):
        consent = make.consent(client, "advertising")
        outbox.attend(make.message(client).pk)
        operator.words.append(("79084944434", "Стоп!"))

        outbox.collect(at=make.NOW)

        consent.refresh_from_db()
        assert consent.withdrawn_at


class TestLetters:
    LETTER = {"channel": "email", "recipient": "ivanov@mail.ru", "subject": "Готов"}

    def test_a_letter_is_sent_under_a_name_of_its_own(self, client, post_office):
        message = make.message(client, **self.LETTER)

        outbox.attend(message.pk)

        message.refresh_from_db()
        (letter,) = post_office.taken
        assert f"Message-ID: <{message.uid.hex}@example.com>" in letter
        assert (message.state, message.provider) == ("sent", "email")

    def test_an_advertisement_says_how_to_end_them(self, client, post_office):
        make.consent(client, "advertising")
        message = make.message(client, purpose="advertising", **self.LETTER)

        outbox.attend(message.pk)

        letter = email.message_from_string(post_office.taken[0], policy=email.policy.default)
        assert letter["List-Unsubscribe"].strip().startswith("<http")
        assert "/unsubscribe/" in message.text

    @pytest.mark.parametrize(
        ("answer", "state"), [("550 No such user", "failed"), ("451 Later", "sending")]
    )
    def test_a_refusal_is_for_good_or_for_a_while(self, client, post_office, answer, state):
        message = make.message(client, **self.LETTER)
        post_office.refuses = answer

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.handed_at, post_office.taken) == (state, None, [])

    def test_a_server_that_hangs_up_before_the_letter_is_tried_again(
        self, client, post_office, settings
    ):
        settings.EMAIL_PORT = 1
        message = make.message(client, **self.LETTER)

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, message.handed_at) == ("sending", None)


class TestConsent:
    def test_it_is_asked_again_at_the_moment_of_sending(self, client, smsc):
        make.consent(client, "advertising")
        message = make.message(client, purpose="advertising")
        messages.opt_out(client, kind="web", at=make.NOW)

        outbox.attend(message.pk)

        message.refresh_from_db()
        assert (message.state, smsc.taken) == ("failed", [])
        assert not Event.objects.filter(kind="task").exists()

    def test_a_message_about_the_order_needs_none(self, client, smsc):
        messages.opt_out(client, kind="web", at=make.NOW)

        outbox.attend(make.message(client).pk)

        assert len(smsc.taken) == 1


class TestBadDays:
    def test_nobody_attends_to_a_message_that_somebody_sends(self, client, smsc):
        message = make.message(client)
        with connection.copy().cursor() as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [outbox.MESSAGE_LOCK, message.pk])
            outbox.attend(message.pk)

            assert smsc.taken == []

    def test_a_message_of_an_erased_client_ends_quietly(self, client, smsc):
        message = make.message(client)
        OutgoingMessage.objects.all().delete()

        outbox.attend(message.pk)

        assert smsc.taken == []

    def test_what_was_left_is_found_again(self, client, later):
        message = make.message(client)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")

        assert outbox.sweep(at=make.NOW) == 1
        assert outbox.sweep(at=make.NOW) == 1
        assert waiting_jobs(message) == 1

    def test_a_failed_message_is_sent_again_once(self, client, smsc, anna):
        message = make.message(client)
        smsc.mood = "refuse"
        outbox.attend(message.pk)
        message.refresh_from_db()

        first = messages.again(message, by=anna, at=make.NOW)
        second = messages.again(message, by=anna, at=make.NOW)

        assert first == second != message
        assert first.state == "queued"
