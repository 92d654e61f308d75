"""What is asked about estimates: of the client by the link, of the advisor on the screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput
from orders.actions.estimates import LONGEST_TEXT, Said
from orders.models import Approval, WorkLine
from orders.queries.estimates import Offer


class AnswerForm(forms.Form):
    """Yes to these lines, no to the others: only lines of this very estimate can be named."""

    lines = forms.MultipleChoiceField(
        label=_("agreed to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("what else the client says"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [(key_of(line), line) for line in (*offer.works, *offer.goods)]
        self.fields["lines"].choices = [(key, str(line)) for key, line in self.choices]  # type: ignore[attr-defined]
        self.initial["seen"] = offer.digest
        self.initial["lines"] = [key for key, _line in self.choices]

    @property
    def agreed(self) -> set[str]:
        """The lines that are ticked now."""
        return set(self["lines"].value() or ())

    def said(self, **facts: Any) -> Said:
        """What was said; to be asked of a valid form."""
        chosen = set(self.cleaned_data["lines"])
        lines = [line for key, line in self.choices if key in chosen]
        return Said(
            works={line.pk for line in lines if isinstance(line, WorkLine)},
            goods={line.pk for line in lines if not isinstance(line, WorkLine)},
            seen=self.cleaned_data["seen"],
            text=self.cleaned_data["text"],
            **facts,
        )


class ToldAnswerForm(AnswerForm):
    """The same as told to an advisor."""

    how = forms.ChoiceField(
        label=_("how"),
        choices=[each for each in Approval.How.choices if each[0] != Approval.How.LINK],
    )
    field_order = ("lines", "how", "text")


class ValidityForm(forms.Form):
    """Until which day the offer stands."""

    until = forms.DateField(label=_("valid until"), widget=DateInput)


def key_of(line: Any) -> str:
    return f"{'w' if isinstance(line, WorkLine) else 'p'}{line.pk}"
