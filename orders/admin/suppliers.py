"""Suppliers, with their price lists."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.kit.admin import FoundThrough, RecordAdmin, TruthfulForm
from armclients.kit.dictionaries.admin import Exchanged
from armclients.kit.folding import FoldVehicle
from armclients.kit.refusals import RefusedError
from orders import suppliers
from orders.models import Supplier, SupplierOffer
from orders.suppliers.price_list import loading

LARGEST = 100 * 1024 * 1024


class SupplierForm(TruthfulForm):
    """The supplier, and perhaps a new price list."""

    provider = forms.ChoiceField(label=_("source of offers"))
    price_list = forms.FileField(
        label=_("new price list"),
        required=False,
        help_text=_("CSV with the columns article, brand, name, price, quantity, days."),
    )

    class Meta:
        model = Supplier
        fields = ("name", "provider", "markup_percent", "rounds_to", "days", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, name) for name in suppliers.providers()]
        self.fields["provider"].choices = choices  # type: ignore[attr-defined]

    def clean_price_list(self) -> Any:
        given = self.cleaned_data["price_list"]
        if given and given.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB."))
        return given


@admin.register(Supplier)
class SupplierAdmin(Exchanged, RecordAdmin):
    exchanged = ("name", "provider", "markup_percent", "rounds_to", "days", "is_active")
    form = SupplierForm
    list_display = ("name", "provider", "markup_percent", "rounds_to", "days", "is_active")
    search_fields = ("name",)
    readonly_fields = ("loaded_at",)
    ordering = ("name",)

    def save_model(self, request: HttpRequest, obj: Supplier, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        given = form.cleaned_data.get("price_list")
        if not given:
            return
        try:
            loaded = loading.load(obj, given.read(), at=clock.now())
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return
        said = {"offers": loaded.offers, "faults": len(loaded.faults)}
        messages.info(request, _t("Offers: %(offers)s; rows left out: %(faults)s.") % said)
        for fault in loaded.faults[: loading.SHOWN]:
            messages.warning(request, fault)


def named(typed: str) -> QuerySet[Supplier]:
    """By a part of the name."""
    return Supplier.objects.filter(name__icontains=typed)


def offers(typed: str) -> QuerySet[SupplierOffer]:
    """By the whole article, in any spelling."""
    return SupplierOffer.objects.filter(key=FoldVehicle(Value(typed)))


@admin.register(SupplierOffer)
class SupplierOfferAdmin(FoundThrough):
    belongs_to = "pk"
    find = staticmethod(offers)
    search_help_text = _("The whole article, in any spelling.")
    list_display = ("article", "brand", "name", "price", "quantity", "days", "supplier")
    list_filter = ("supplier",)
    list_select_related = ("supplier",)
    autocomplete_fields = ("supplier",)
