"""On which terms a document stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import Contract, Document, Representative


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
