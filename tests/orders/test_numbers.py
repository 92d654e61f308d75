"""Numbers of documents: without gaps, without doubles, and given for ever."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from orders.actions import documents
from orders.models import Document
from tests import make
from tests.workstation.writers import at_once

AT_ONCE = 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", Document.Kind.values)
def test_eight_people_who_save_at_once_get_eight_numbers_in_a_row(kind):
    branch, client, anna = make.branch(), make.client(), make.user("anna", role="advisor")

    def create() -> None:
        documents.create(kind, branch=branch, customer=client, by=anna, on=make.TODAY)

    refusals = at_once(*[create] * AT_ONCE)

    numbers = sorted(Document.objects.filter(kind=kind).values_list("number", flat=True))
    assert refusals == [None] * AT_ONCE
    assert numbers == [f"ЦОА{number:07}" for number in range(1, AT_ONCE + 1)]


@pytest.mark.django_db(transaction=True)
def test_a_document_that_was_not_saved_leaves_no_gap():
    branch, anna = make.branch(), make.user("anna", role="advisor")
    given = {"branch": branch, "customer": make.client(), "by": anna, "on": make.TODAY}

    with pytest.raises(TypeError):
        documents.create("work_order", **given, nonsense=True)
    made = documents.create("work_order", **given)

    assert made.number == "ЦОА0000001"


class TestDeleting:
    def test_is_nobodys_right(self, db):
        granted = Permission.objects.filter(
            content_type__app_label="orders",
            codename__in=["delete_document", "delete_workorder", "delete_sale", "delete_payment"],
            group__isnull=False,
        )

        assert not granted.exists()

    @pytest.mark.parametrize("kind", ["workorder", "customerorder", "sale", "invoice", "estimate"])
    def test_is_not_offered_in_the_administration(self, admin_client, kind):
        document = getattr(
            make,
            {"workorder": "work_order", "customerorder": "customer_order"}.get(kind, kind),
        )()

        page = reverse(f"admin:orders_{kind}_delete", args=[document.pk])

        assert admin_client.post(page, {"post": "yes"}).status_code == 403
        assert Document.objects.filter(pk=document.pk).exists()

    def test_a_cancelled_document_keeps_its_number(self, db, dina):
        sale = make.sale(number="ЦОА0000007")
        Document.objects.filter(pk=sale.pk).update(state="cancelled")

        assert Document.objects.get(pk=sale.pk).number == "ЦОА0000007"
