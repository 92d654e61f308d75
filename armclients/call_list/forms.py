"""The one form of the call list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.call_list.actions import Call, Outcome
from armclients.kit.forms import MomentInput
from customers.event_forms import LONGEST_WORD, SOON, Dated, Few


class CallForm(Dated):
    """What the call came to; when to call again, where that was asked for."""

    outcome = Few(label=_("Result of the call"), choices=Outcome.choices)
    word = forms.CharField(label=_("In a word"), max_length=LONGEST_WORD, required=False)
    when = Few(label=_("Call again"), choices=SOON, required=False)
    due_at = forms.DateTimeField(label=_("Date and time"), widget=MomentInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["again_at"] = None
        if given.get("outcome") == Outcome.LATER:
            if given.get("when") or given.get("due_at") or "due_at" in self.errors:
                given["again_at"] = self.moment()
            else:
                self.add_error("when", _("Say when to call again."))
        return given

    @property
    def call(self) -> Call:
        given = self.cleaned_data
        return Call(Outcome(given["outcome"]), given["word"], given["again_at"])
