"""Forms of this floor."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput
from customers.models import Call, Counterparty


class AttentionForm(forms.ModelForm):
    """«Обратите внимание»: how loudly, in which words, until when."""

    class Meta:
        model = Counterparty
        fields = ("attention", "attention_text", "attention_until")
        widgets = {"attention_until": DateInput}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("attention") and not given.get("attention_text"):
            self.add_error("attention_text", _("Say what to pay attention to."))
        return given


class CallerForm(forms.Form):
    """Who of those who have the number of a call it is."""

    client = forms.ModelChoiceField(
        Counterparty.objects.none(), label=_("Client"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = cast(forms.ModelChoiceField, self.fields["client"])
        who.queryset = call.counterparties.order_by("name", "pk")
