"""Forms about the lines of a document."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import EditForm
from orders.models import Document, PartLine, WorkLine, WorkPackage
from orders.queries import lines, offers, vat

MOST = Decimal(99999)


def colleagues() -> QuerySet[Any]:
    """Whoever works here."""
    people = get_user_model().objects.filter(is_active=True, groups__isnull=False)
    return people.order_by("full_name", "username").distinct()


class Figure(forms.DecimalField):
    """A number as people type it: with a comma, or with a point."""

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, **options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """3.000 is «3»."""
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return value.to_integral_value()
        return value


class LineForm(EditForm):
    """What is asked of works and goods alike."""

    quantity = Figure(
        label=_("Qty"), max_digits=12, decimal_places=3, min_value=Decimal("0.001"), max_value=MOST
    )
    price = Figure(
        label=_("Price, ₽"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=lines.DEAREST,
    )
    discount_percent = Figure(
        label=_("Discount, %"),
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
    vat_percent = forms.TypedChoiceField(
        label=_("VAT, %"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates = vat.choices(on=self.instance.document.date)
        current = self.instance.vat_percent
        kept = "" if current is None else str(current)
        if kept not in dict(rates):
            rates.append((kept, f"{kept} %" if kept else str(_("no VAT"))))
        self.fields["vat_percent"].choices = rates  # type: ignore[attr-defined]

    def clean_discount_percent(self) -> Decimal:
        return self.cleaned_data["discount_percent"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("quantity", 0) * given.get("price", 0) > lines.DEAREST:
            raise forms.ValidationError(_("This comes to more than any document may."))
        return given

    def validate_constraints(self) -> None:
        """The fields' own limits say the same, in words."""


class WorkLineForm(LineForm):
    """A work of a document."""

    norm_hours = Figure(
        label=_("Norm-hours"), max_digits=8, decimal_places=2, min_value=Decimal(0), required=False
    )
    performer = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Performer"), required=False, empty_label="—"
    )
    field_order = (
        "quantity",
        "price",
        "discount_percent",
        "performer",
        "name",
        "norm_hours",
        "vat_percent",
    )

    class Meta:
        model = WorkLine
        fields = (
            "name",
            "norm_hours",
            "quantity",
            "price",
            "discount_percent",
            "vat_percent",
            "performer",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["performer"].queryset = colleagues()  # type: ignore[attr-defined]


class PartLineForm(LineForm):
    """A part of a document."""

    class Meta:
        model = PartLine
        fields = ("quantity", "price", "discount_percent", "vat_percent")


FORMS: dict[str, type[LineForm]] = {"works": WorkLineForm, "goods": PartLineForm}


class TypedForm(forms.Form):
    """What is looked up to be put in, and which of what was found is meant."""

    typed = forms.CharField(max_length=200, required=False)
    pick = forms.CharField(max_length=40, required=False)


class EarlierForm(forms.Form):
    """Which of the earlier documents is done once more; the latest unless another is chosen."""

    of = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Document"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a document.")},
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = lines.earlier_than(document)
        field: Any = self.fields["of"]
        field.queryset = earlier
        shown = list(earlier[: lines.OFFERED])
        field.choices = [(each.pk, _told(each)) for each in shown]
        self.initial["of"] = shown[0].pk if shown else None
        field.help_text = "" if shown else _("Nothing was found.")


class PackageForm(forms.Form):
    """Which work package goes in."""

    package = forms.ModelChoiceField(
        WorkPackage.objects.none(),
        label=_("Work package"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a work package.")},
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["package"]
        field.queryset = offers.packages_for(document).order_by("name", "pk")


def _told(document: Document) -> str:
    done = ", ".join(document.works_done)  # type: ignore[attr-defined]
    return " · ".join(filter(None, [document.number, f"{document.date:%d.%m.%Y}", done]))
