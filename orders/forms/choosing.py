"""What is asked while something is chosen: what to add, how much, and what became of it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orders.models import Cart, CartLine, Labor, LostDemand, Part, SupplierOffer

LEAST = Decimal("0.001")
LONGEST = 100


def quantity(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Quantity"),
        max_digits=12,
        decimal_places=3,
        min_value=LEAST,
        localize=True,
        **options,
    )


class LookUpForm(forms.Form):
    """An article in any spelling, a code, or some words."""

    q = forms.CharField(label=_("Article, name, work"), max_length=LONGEST, required=False)

    @property
    def typed(self) -> str:
        """What to look for; nothing while the input is not valid."""
        return self.cleaned_data["q"] if self.is_valid() else ""


class ChoiceForm(forms.Form):
    """One thing of the catalogue, or something in words, and how much of it."""

    part = forms.ModelChoiceField(Part.objects.all(), required=False)
    labor = forms.ModelChoiceField(Labor.objects.all(), required=False)
    offer = forms.ModelChoiceField(SupplierOffer.objects.select_related("supplier"), required=False)
    name = forms.CharField(label=_("In words"), max_length=300, required=False)
    quantity = quantity(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        things = [given[field] for field in ("part", "labor", "offer", "name") if given.get(field)]
        if not self.errors and len(things) != 1:
            raise ValidationError(_("Say what to add."))
        given["what"] = things[0] if things else None
        given["quantity"] = given.get("quantity") or Decimal(1)
        return given


class DecisionForm(forms.Form):
    """Which of the lines offered, and what of them."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("take", "decline", "forget")])
    line = forms.TypedMultipleChoiceField(label=_("Lines"), coerce=int)
    why = forms.ChoiceField(label=_("Why"), choices=LostDemand.Why, required=False)

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [(pk, pk) for pk in offered]  # type: ignore[attr-defined]

    def clean_why(self) -> str:
        return self.cleaned_data["why"] or LostDemand.Why.OTHER


class LostForm(forms.Form):
    """What we had nothing of."""

    wanted = forms.CharField(label=_("Wanted"), max_length=300)


class CartForm(forms.Form):
    """Quantities, prices and discounts of all lines of a cart at once."""

    def __init__(self, sent: Any = None, *, cart: Cart) -> None:
        super().__init__(sent, prefix=f"cart{cart.pk}")
        self.cart = cart
        for line in cart.lines.all():
            self.fields[f"quantity-{line.pk}"] = quantity(initial=line.quantity.normalize())
            self.fields[f"price-{line.pk}"] = forms.DecimalField(
                label=_("Price, ₽"),
                max_digits=14,
                decimal_places=2,
                min_value=0,
                localize=True,
                initial=line.price,
            )
            self.fields[f"discount-{line.pk}"] = forms.DecimalField(
                label=_("Discount, %"),
                max_digits=5,
                decimal_places=2,
                min_value=0,
                max_value=100,
                localize=True,
                initial=line.discount_percent,
            )
        for field in self.fields.values():
            field.widget.attrs |= {"class": "number", "inputmode": "decimal", "autocomplete": "off"}

    @property
    def rows(self) -> Iterator[tuple[CartLine, dict[str, forms.BoundField]]]:
        """Each line with its three fields."""
        for line in self.cart.lines.all():
            fields = {name: self[f"{name}-{line.pk}"] for name in ("quantity", "price", "discount")}
            yield line, fields

    @property
    def given(self) -> dict[int, dict[str, Decimal]]:
        """The values by line."""
        return {
            line.pk: {name: self.cleaned_data[field.name] for name, field in fields.items()}
            for line, fields in self.rows
        }
