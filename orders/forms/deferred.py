"""What is asked about works that are put off."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.forms import DateInput
from orders.models import Part


class RecommendForm(forms.Form):
    """What the vehicle needs: a work in words, or a part by its article."""

    name = forms.CharField(
        label=pgettext_lazy("deferred work", "what"), max_length=300, required=False
    )
    article = forms.CharField(
        label=_("article of a part"),
        max_length=60,
        required=False,
        help_text=_("Of a work, leave it empty."),
    )
    quantity = forms.DecimalField(
        label=_("quantity"),
        max_digits=12,
        decimal_places=3,
        min_value=Decimal("0.001"),
        initial=1,
    )
    price = forms.DecimalField(
        label=_("Price, ₽"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    due_on = forms.DateField(label=_("due on"), widget=DateInput, required=False)
    due_km = forms.IntegerField(
        label=_("due at, km"), min_value=0, max_value=9_999_999, required=False
    )

    def clean(self) -> dict[str, Any]:
        """With the part itself, where an article names exactly one."""
        given = super().clean() or {}
        article = given.pop("article", "")
        if not article:
            return given
        known = Part.objects.annotate(folded=Upper("article"))
        found = list(known.filter(folded=article.upper()).order_by("pk")[:2])
        if len(found) == 1:
            return given | {"part": found[0]}
        several = _("Several manufacturers have this article: name the work in words.")
        self.add_error("article", several if found else _("There is no such article."))
        return given


class DropForm(forms.Form):
    """Why nobody offers it any more."""

    WHY = (
        _("done elsewhere"),
        _("the client does not want it"),
        _("not needed any more"),
        _("noted by mistake"),
    )
    why = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.TextInput(attrs={"list": "why-dropped"})
    )
