"""What is asked while something is chosen: what to add, how much, and what became of it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from armclients.kit import clashes
from orders.forms.lines import Figure
from orders.models import Cart, CartLine, Labor, LostDemand, Part, SupplierOffer

LEAST = Decimal("0.001")
LONGEST = 100
# What is asked of a line of a cart, and which fact of it that is.
ASKED = {"quantity": "quantity", "price": "price", "discount": "discount_percent"}
Facts = dict[int, dict[str, Any]]


def quantity(**options: Any) -> Figure:
    return Figure(label=_("Quantity"), max_digits=12, decimal_places=3, min_value=LEAST, **options)


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
    """Quantities, prices and discounts of all lines of a cart at once.

    It remembers how they were shown. A line that came meanwhile is as it stands.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: Any = None, *, cart: Cart) -> None:
        super().__init__(sent, prefix=f"cart{cart.pk}")
        self.cart = cart
        self.clashes: list[clashes.Clash] = []
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
        shown = {name: field.initial for name, field in self.fields.items() if name != "seen"}
        names = {f"name-{line.pk}": line.name for line in cart.lines.all()}
        self.initial["seen"] = clashes.put_away(shown | names)
        if sent is not None:
            known = clashes.taken_out(sent.get(self.add_prefix("seen"), "")) or {}
            new = [self[name] for name in self.fields if name not in {"seen", *known}]
            self.data: dict[str, Any] = {field.html_name: field.initial for field in new}
            self.data |= dict(sent.items())

    @classmethod
    def untouched(cls, cart: Cart) -> "CartForm":
        """The form of a cart, sent back as it was shown."""
        form = cls({field.html_name: field.value() for field in cls(cart=cart)}, cart=cart)
        form.full_clean()
        return form

    @property
    def rows(self) -> Iterator[tuple[CartLine, dict[str, forms.BoundField]]]:
        """Each line with its three fields."""
        for line in self.cart.lines.all():
            yield line, {name: self[f"{name}-{line.pk}"] for name in ASKED}

    def clean_seen(self) -> clashes.Values:
        seen = clashes.taken_out(self.cleaned_data["seen"])
        if seen is None:
            raise ValidationError(_("The form is out of date: open it once more."))
        return seen

    def clean(self) -> dict[str, Any]:
        """What is left to the others is as they have it."""
        given = super().clean() or {}
        for name, theirs in given.get("seen", {}).items():
            if self.data.get(f"take_{self.add_prefix(name)}") == "theirs":
                given[name] = self.data[self.add_prefix(name)] = theirs
        return given

    @property
    def given(self) -> Facts:
        return self._by_line(self.cleaned_data)

    @property
    def shown(self) -> Facts:
        return self._by_line(self.cleaned_data["seen"])

    @property
    def gone(self) -> list[str]:
        """What was shown and has been taken out meanwhile."""
        kept = {f"name-{line.pk}" for line in self.cart.lines.all()}
        shown = self.cleaned_data["seen"].items()
        return [value for name, value in shown if name.startswith("name-") and name not in kept]

    def after(self, clashing: Mapping[int, clashes.ClashError], *, cart: Cart) -> "CartForm":
        """The same form of the cart as it is now, with what was typed.

        What was not touched in the lines that clash is as the others have it.
        """
        data, seen = dict(self.data), self.cleaned_data["seen"]
        for pk, clash in clashing.items():
            for asked, fact in ASKED.items():
                name = f"{asked}-{pk}"
                if self.cleaned_data[name] == seen[name]:
                    data[self.add_prefix(name)] = clash.now[fact]
                seen[name] = clash.now[fact]
        data[self.add_prefix("seen")] = clashes.put_away(seen)
        return CartForm(data, cart=cart)

    def _by_line(self, values: clashes.Values) -> Facts:
        return {
            line.pk: {
                fact: values[f"{name}-{line.pk}"]
                for name, fact in ASKED.items()
                if f"{name}-{line.pk}" in values
            }
            for line in self.cart.lines.all()
        }
