"""Money for a document."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import Document, Payment


class PaymentForm(forms.Form):
    """One payment; whoever may not give money back is not asked about it."""

    amount = forms.DecimalField(
        label=_("Amount, ₽"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
    method = forms.ChoiceField(label=_("Method"), choices=Payment.Method)
    direction = forms.ChoiceField(label=_("Direction"), choices=Payment.Direction, required=False)
    receipt_number = forms.CharField(label=_("Receipt number"), max_length=60, required=False)
    rest_is_advance = forms.BooleanField(
        label=_("What is above the debt is an advance"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({"amount": document.due or None, "key": uuid.uuid4()})
        if not (document.paid and by.has_perm("orders.refund_payment")):
            del self.fields["direction"]

    def clean_direction(self) -> str:
        return self.cleaned_data["direction"] or Payment.Direction.IN


class AmountForm(forms.Form):
    """How much of money that is there already."""

    amount = forms.DecimalField(
        label=_("Amount, ₽"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
