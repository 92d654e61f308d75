"""A jump link is tried from its page: the address it fills in, or why it cannot."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from armclients.models import JumpLink
from tests import make


def link(target, needs="customer"):
    return JumpLink.objects.create(slug="tried", label="Проба", target=target, needs=needs)


def tried(browser, of, **chosen):
    answer = browser.get(reverse("admin:armclients_jumplink_try", args=[of.pk]), chosen)
    assert answer.status_code == 200
    return answer


def test_the_page_of_a_link_has_the_button(web, db):
    one = link("/?customer={customer}")

    page = web.get(reverse("admin:armclients_jumplink_change", args=[one.pk])).content.decode()

    assert reverse("admin:armclients_jumplink_try", args=[one.pk]) in page


def test_fills_in_the_first_client_and_their_vehicle(web):
    client = make.zubkov()
    make.ivanov()
    car = client.ownerships.get().vehicle

    answer = tried(web, link("/?customer={customer}&car={vehicle}&tel={phone}"))

    assert answer.context["jump"].url == (f"/?customer={client.pk}&car={car.pk}&tel=79084944434")


def test_fills_in_whom_one_chose(web):
    make.zubkov()
    other = make.client(inn="7707083893")

    answer = tried(web, link("https://egrul.example/{inn}"), customer=other.pk, vehicle="")

    assert answer.context["jump"].url == "https://egrul.example/7707083893"
    assert 'href="https://egrul.example/7707083893"' in answer.content.decode()


def test_says_what_is_missing(web):
    answer = tried(web, link("/{vin}", needs="both"), customer="", vehicle="")

    assert answer.context["jump"].reason
    assert not answer.context["jump"].url


@pytest.mark.parametrize("chosen", ["999999", "x", "9" * 40, "\0"])
def test_who_is_nobody_is_an_error_at_the_field(web, chosen):
    answer = tried(web, link("/{customer}"), customer=chosen)

    assert answer.context["form"].errors["customer"]
    assert answer.context["jump"] is None


@pytest.mark.parametrize(
    "target", ["", "javascript:alert(1)", "/{password}", "/{customer.pk}", "{"]
)
def test_a_target_that_leads_nowhere_is_a_message(web, target):
    make.zubkov()

    answer = tried(web, link(target))

    assert answer.context["problem"]
    assert answer.context["jump"] is None
    assert "javascript:" not in answer.content.decode()


def test_phones_stay_hidden_from_those_who_may_not_see_them(client_of, gleb):
    make.zubkov()
    gleb.is_staff = True
    gleb.save()
    gleb.user_permissions.add(Permission.objects.get(codename="view_jumplink"))

    answer = tried(client_of(gleb), link("/?tel={phone}"))

    assert answer.context["jump"].url == "/?tel="


def test_is_only_for_those_who_may_see_the_link(client_of, gleb):
    gleb.is_staff = True
    gleb.save()
    address = reverse("admin:armclients_jumplink_try", args=[link("/").pk])

    assert client_of(gleb).get(address).status_code == 403


def test_of_no_link_is_not_there(web):
    assert web.get(reverse("admin:armclients_jumplink_try", args=[999_999])).status_code == 404


def test_a_link_that_is_off_can_be_tried(web):
    make.zubkov()
    one = link("/?customer={customer}")
    JumpLink.objects.filter(pk=one.pk).update(is_on=False)

    assert tried(web, one).context["jump"].url


def test_a_preset_is_switched_on_from_the_list(web, db):
    preset = JumpLink.objects.get(slug="oem-by-frame")
    address = reverse("admin:armclients_jumplink_changelist")
    rows = list(web.get(address).context["cl"].result_list)
    sent = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "1"}
    for n, row in enumerate(rows):
        sent |= {
            f"form-{n}-id": row.pk,
            f"form-{n}-position": row.position,
            f"form-{n}-is_on": "on",
        }

    web.post(address, sent)

    preset.refresh_from_db()
    assert preset.is_on


def test_the_right_a_link_needs_is_chosen_by_record(web, db):
    one = JumpLink.objects.get(slug="cart")
    address = reverse("admin:armclients_jumplink_change", args=[one.pk])
    right = Permission.objects.get(codename="add_workorder")
    form = web.get(address).context["adminform"].form
    sent = {name: "" if value is None else value for name, value in form.initial.items()}

    web.post(address, {**sent, "is_on": "on", "permission": right.pk})

    one.refresh_from_db()
    assert one.permission == right
