"""The jump bar stands whatever the table of links holds."""

import pytest

from armclients.models import JumpLink
from armclients.workstation.jumps import jumps
from tests import make


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
