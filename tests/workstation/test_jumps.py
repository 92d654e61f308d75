"""The jump bar stands whatever the table of links holds."""

import pytest

from armclients.models import JumpLink
from armclients.workstation.jumps import jumps
from tests import make
from tests.contract import page


@pytest.mark.parametrize(
    "target",
    [
        "/{password}",
        "/{customer.pk}",
        "{",
        "/{0}",
        "/{customer!x}",
        "javascript:alert(1)",
        "//evil",
    ],
)
def test_a_broken_link_is_shown_disabled_and_the_others_work(db, target):
    client = make.zubkov()
    JumpLink.objects.create(slug="sound", label="Целая", target="/?customer={customer}")
    JumpLink.objects.create(slug="broken", label="Сломанная", target="https://example.com/")
    # Past the form, as SQL does it.
    JumpLink.objects.filter(slug="broken").update(target=target)

    shown = {jump.slug: jump for jump in jumps(client, None, shows_contacts=True)}

    assert shown["sound"].url == f"/?customer={client.pk}"
    assert (shown["broken"].url, bool(shown["broken"].reason)) == ("", True)


def test_a_document_one_may_not_write_is_said_so(client_of, vera):
    client = make.client()

    bar = page.parse(client_of(vera).get(f"/?customer={client.pk}"))

    assert bar.one(data_jump="work-order")["aria-disabled"] == "true"
    assert bar.one(data_jump="estimate")["href"].endswith("&tab=cart")


def test_writing_a_work_order_comes_first(web):
    client = make.client()

    first = page.parse(web.get(f"/?customer={client.pk}")).all(data_jump=True)[0]

    assert first["data-jump"] == "work-order"
    assert "data-dialog" in first
