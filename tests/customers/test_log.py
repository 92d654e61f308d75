"""Who looked, and who changed what from what to what."""

import re

import pghistory
import pytest

from customers.models import Contact
from customers.models.privacy import PLACES
from tests import make
from tests.house import tree

# A call with its arguments, as far as the reason among them.
OPENED = re.compile(r'(?:open_card|AccessLogEntry\.\w+\.create)\((?:[^()]|\([^()]*\))*?why="(\w+)"')


@pytest.fixture
def changed(anna, dina):
    """Anna renames a client, mends a phone and then takes it away."""
    client = make.client("Иванов", kind="buyer")
    phone = make.contact(client, "+7 (900) 111-11-11")
    with pghistory.context(user=anna.pk):
        client.name, client.kind, client.manager = "Иванов Иван", "both", dina
        client.save()
        phone.value = "+7 (900) 222-22-22"
        phone.save()
        Contact.objects.filter(pk=phone.pk).delete()
    return client


def test_tells_each_field_from_what_to_what(client_of, dina, changed):
    answer = client_of(dina).get(f"/customers/{changed.pk}/log/")

    told = {(c.what, c.field, c.old, c.new, c.by) for c in answer.context["changes"]}
    assert ("клиент", "наименование", "Иванов", "Иванов Иван", "Белова А. И.") in told
    assert ("клиент", "вид", "Покупатель", "Покупатель и поставщик", "Белова А. И.") in told
    assert ("клиент", "менеджер", "", "Гордеева Д. П.", "Белова А. И.") in told
    assert (
        "контакт",
        "значение",
        "+7 (900) 111-11-11",
        "+7 (900) 222-22-22",
        "Белова А. И.",
    ) in told
    gone = [c for c in answer.context["changes"] if c.field == "удалено"]
    assert ["+7 (900) 222-22-22" in c.old for c in gone] == [True]


def test_tells_who_opened_the_card_and_logs_itself(client_of, anna, dina, changed):
    client_of(anna).get("/", {"customer": changed.pk})

    answer = client_of(dina).get(f"/customers/{changed.pk}/log/")

    opened = [(entry.user, entry.place) for entry in answer.context["page"]]
    assert opened == [(dina, "Журнал"), (anna, "Информация")]


def test_is_not_for_advisors(web, changed):
    assert web.get(f"/customers/{changed.pk}/log/").status_code == 403
    assert "/log/" not in web.get("/", {"customer": changed.pk}).content.decode()


def test_asks_the_same_for_many_changes(client_of, dina, statements, changed):
    browser = client_of(dina)
    with statements() as few:
        browser.get(f"/customers/{changed.pk}/log/")
    for number in range(30):
        changed.comment = str(number)
        changed.save()

    with statements() as many:
        browser.get(f"/customers/{changed.pk}/log/")

    assert len(many) == len(few)


def test_says_of_what_is_gone_what_each_thing_was(client_of, dina, changed):
    answer = client_of(dina).get(f"/customers/{changed.pk}/log/")

    gone = next(c for c in answer.context["changes"] if c.field == "удалено")
    assert "вид: Мобильный телефон; значение: +7 (900) 222-22-22" in gone.old
    assert "нет" not in gone.old


def test_says_yes_and_no(client_of, dina, changed):
    phone = make.contact(changed)
    phone.is_wrong = True
    phone.save()

    answer = client_of(dina).get(f"/customers/{changed.pk}/log/")

    told = {(c.field, c.old, c.new) for c in answer.context["changes"]}
    assert ("неверный", "нет", "да") in told


def test_every_place_where_a_card_is_opened_has_words():
    """The address of a reason is never shown: whoever opens a card elsewhere gives it words."""
    said = {reason for path in tree.modules() for reason in OPENED.findall(path.read_text())}

    assert {"info", "visit", "anonymise"} <= said <= set(PLACES)
