"""Forms of this floor."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import Contract, Document, Payment, Representative


class StateForm(forms.Form):
    """Which state a document is to have, and what whoever decides sees and says."""

    to = forms.CharField(max_length=12)
    seen = forms.CharField(max_length=12, required=False)
    why = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea)
    releases = forms.BooleanField(label=_("Release what is reserved"), required=False)
    leaves_goods = forms.BooleanField(label=_("Close without issuing them"), required=False)


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


class TermsForm(forms.Form):
    """The contract a document stands on, and who acts for the client."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(), label=_("Contract"), required=False, empty_label=_("no contract")
    )
    representative = forms.ModelChoiceField(
        Representative.objects.none(),
        label=_("Representative"),
        required=False,
        empty_label=_("nobody"),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = [document.counterparty_id, document.payer_id]
        contracts = Contract.objects.filter(counterparty__in=clients)
        theirs = Representative.objects.filter(counterparty__in=clients)
        self.fields["contract"].queryset = contracts.order_by("-date", "-pk")  # type: ignore[attr-defined]
        self.fields["representative"].queryset = theirs.order_by("name", "pk")  # type: ignore[attr-defined]
        self.initial.update(
            contract=document.contract_id, representative=document.representative_id
        )


class LineFilterForm(forms.Form):
    """«Когда меняли колодки»: a part of a work's, part's or document's name."""

    q = forms.CharField(label=_("Filter"), max_length=100, required=False)

    @property
    def matching(self) -> str:
        """What to look for; nothing while the input is not valid."""
        return self.cleaned_data["q"] if self.is_valid() else ""
