"""Calendars of bays and masters: read by telephones, which are strict."""

import pytest
from django.test import Client
from django.urls import reverse

from armclients.kit import icalendar
from orders.models import Slot
from orders.queries.calendar import Scarce
from orders.views.feeds import address_of
from tests import make


def parsed(text: str) -> list[dict[str, str]]:
    """The events of a calendar, read as RFC 5545 says: unfold, split, unescape."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in ("END", "BEGIN"):
            events[-1][name] = unescaped(value)
    return events


def unescaped(value: str) -> str:
    out, signs = "", iter(value)
    for sign in signs:
        meant = next(signs) if sign == "\\" else sign
        out += "\n" if sign == "\\" and meant in "nN" else meant
    return out


class TestWriting:
    @pytest.mark.parametrize(
        "text",
        [
            *("plain", "a, b; c", "a\\b", "line\nline", "ё" * 200, "🚗" * 60, "x" * 74, "x" * 75),
            "Стук; скрип, «гул» \\ свист\nи ещё",
        ],
    )
    def test_is_read_back_as_it_was(self, text):
        entry = icalendar.Entry("1@x", make.NOW, make.NOW, summary=text)

        (event,) = parsed(icalendar.written(text, [entry], at=make.NOW))

        assert event["SUMMARY"] == text

    def test_has_moments_in_utc(self):
        assert icalendar.moment(make.NOW) == "20410312T083000Z"


@pytest.mark.django_db
class TestFeed:
    def feed(self, kind, pk) -> list[dict[str, str]]:
        answer = Client().get(address_of(Scarce(kind, pk, "")))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return parsed(answer.content.decode())

    def test_of_a_bay_says_which_car_when_and_nobodys_name(self):
        client = make.client("Зубков Алексей")
        make.contact(client, "+7 908 4944434")
        make.request(
            client,
            vehicle=make.vehicle(client, plate="А123ВС77"),
            slot=make.at(14),
            bay=make.bay(),
            reason="Стук; скрип",
        )

        (event,) = self.feed("bay", make.bay().pk)

        assert event["DTSTART"] == "20410312T110000Z"
        assert event["DTEND"] == "20410312T120000Z"
        assert "COROLLA" in event["SUMMARY"]
        assert "А123ВС77" in event["SUMMARY"]
        assert "Стук; скрип" in event["DESCRIPTION"]
        assert "Зубков" not in str(event)
        assert "4944434" not in str(event)

    def test_of_a_master_has_theirs_alone(self, gleb, vera):
        make.request(make.client(), slot=make.at(14), master=gleb)
        make.request(make.client(), slot=make.at(14), master=vera)

        assert len(self.feed("master", gleb.pk)) == 1

    def test_keeps_the_name_of_a_booking_that_is_moved(self):
        make.request(make.client(), slot=make.at(14), bay=make.bay())
        (before,) = self.feed("bay", make.bay().pk)
        Slot.objects.update(start_at=make.at(16), end_at=make.at(17))

        (after,) = self.feed("bay", make.bay().pk)

        assert after["UID"] == before["UID"]
        assert after["DTSTART"] != before["DTSTART"]

    def test_forgets_what_is_cancelled(self):
        make.request(make.client(), slot=make.at(14), bay=make.bay(), state="cancelled")

        assert self.feed("bay", make.bay().pk) == []

    def test_is_for_nobody_without_a_signed_address(self):
        bay = make.bay()
        signed = address_of(Scarce("bay", bay.pk, ""))

        for token in (f"bay-{bay.pk}", f"bay-{bay.pk}:x", "x", f"master-{bay.pk}:{signed[-8:]}"):
            assert Client().get(reverse("booking:feed", args=[token])).status_code == 404

    def test_of_a_master_who_has_left_is_gone(self, gleb):
        address = address_of(Scarce("master", gleb.pk, ""))
        gleb.is_active = False
        gleb.save()

        assert Client().get(address).status_code == 404

    def test_is_found_on_the_page_of_addresses(self, web):
        make.bay("Яма")

        assert "Яма" in web.get("/booking/feeds/").content.decode()


def test_a_window_of_days_is_read_in_one_statement(db, statements):
    bay = make.bay()
    for day in range(5):
        make.request(
            make.client(), slot=make.at(14, days=day), end_at=make.at(15, days=day), bay=bay
        )

    with statements(at_most=2):
        Client().get(address_of(Scarce("bay", bay.pk, "")))
    assert Slot.objects.count() == 5
