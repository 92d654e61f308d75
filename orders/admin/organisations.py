"""Our organisations with their tax regimes, contracts with clients, and who may sign for them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import ReadOnly, RecordAdmin, Rows, explain
from armclients.kit.dictionaries.admin import Exchanged
from customers.admin import OfClient
from orders.admin.documents import OfDocument
from orders.models import Contract, Organisation, PrintedForm, Representative, TaxRegime

explain(
    {
        "organisation_once": _("There is an organisation of this name already."),
        "taxregime_once": _("Another regime begins on that day already."),
        "contract_once": _("The client has a contract of this number already."),
        "contract_ends_after_start": _("The contract ends before it starts."),
        "contract_limit_not_negative": _("The limit is less than zero."),
        "representative_once": _("The client has this representative already."),
        "representative_ends_after_start": _("The authority ends before it starts."),
    }
)


def named(typed: str) -> QuerySet[Organisation]:
    """By part of the name."""
    return Organisation.objects.filter(name__icontains=typed)


class TaxRegimes(Rows):
    model = TaxRegime
    ordering = ("-valid_from",)


@admin.register(Organisation)
class OrganisationAdmin(Exchanged, RecordAdmin):
    exchanged = (
        *("name", "full_name", "inn", "kpp", "ogrn", "address", "phone"),
        *("bank_name", "bic", "account", "correspondent_account", "head", "accountant"),
    )
    list_display = ("name", "inn", "kpp", "phone")
    search_fields = ("name", "full_name", "inn")
    ordering = ("name",)
    inlines = (TaxRegimes,)
    fieldsets = (
        (None, {"fields": ("name", "full_name", ("inn", "kpp", "ogrn"), "address", "phone")}),
        (_("Bank"), {"fields": ("bank_name", ("bic", "correspondent_account"), "account")}),
        (_("Who signs"), {"fields": (("head", "accountant"),)}),
    )

    def save_model(
        self, request: HttpRequest, obj: Organisation, form: ModelForm, change: Any
    ) -> None:
        """A number that looks wrong is stored all the same, with a word about it."""
        super().save_model(request, obj, form, change)
        for doubt in obj.doubtful:
            self.message_user(request, doubt, messages.WARNING)


@admin.register(Contract)
class ContractAdmin(OfClient):
    list_display = (
        *("number", "date", "counterparty", "organisation"),
        *("valid_until", "payment_delay_days", "credit_limit"),
    )
    list_filter = ("organisation",)
    list_select_related = ("counterparty", "organisation")
    autocomplete_fields = ("counterparty", "organisation")


@admin.register(Representative)
class RepresentativeAdmin(OfClient):
    list_display = ("name", "counterparty", "authority_number", "authority_date", "valid_until")
    list_select_related = ("counterparty",)
    autocomplete_fields = ("counterparty",)


@admin.register(PrintedForm)
class PrintedFormAdmin(ReadOnly, OfDocument):
    list_display = ("made_at", "title", "document", "by")
    list_select_related = ("document", "by")


@admin.register(TaxRegime)
class TaxRegimeAdmin(RecordAdmin):
    list_display = ("organisation", "regime", "valid_from")
    list_filter = ("organisation", "regime")
    list_select_related = ("organisation",)
    ordering = ("organisation__name", "-valid_from")
