"""The attention flag: set in a window, seen by all, gone after its last day."""

import datetime

from customers.actions import counterparties
from tests import make

TEXT = "Платит только наличными"


def test_a_flag_is_set_and_shown_with_its_author(anna, web):
    client = make.client()
    given = {"attention": "warning", "attention_text": TEXT, "attention_until": "2030-01-31"}

    web.post(f"/customers/{client.pk}/attention/", given)

    page = web.get(f"/?customer={client.pk}").content.decode()
    assert f"{TEXT} (до 31.01.2030)" in page
    assert 'title="Белова А. И."' in page


def test_htmx_closes_the_window_and_says_what_changed(htmx):
    client = make.client()
    given = {"attention": "stop", "attention_text": TEXT}

    answer = htmx.post(f"/customers/{client.pk}/attention/", given, target="dialog")

    assert answer.status_code == 204
    assert "customer-changed" in answer["HX-Trigger"]


def test_a_flag_without_words_is_refused_at_its_field(htmx):
    client = make.client()

    answer = htmx.post(f"/customers/{client.pk}/attention/", {"attention": "stop"}, target="dialog")

    client.refresh_from_db()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not client.attention


def test_a_flag_is_gone_after_its_last_day(anna):
    day = datetime.date(2026, 11, 24)
    client = make.client()
    counterparties.flag(client, level="notice", text=TEXT, until=day, by=anna)

    assert counterparties.unflag_expired(today=day) == 0
    assert counterparties.unflag_expired(today=day + datetime.timedelta(1)) == 1

    client.refresh_from_db()
    assert (client.attention, client.attention_until) == ("", None)
