"""Forms of this floor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StateForm(forms.Form):
    """Which state a document is to have, and what whoever decides sees and says."""

    to = forms.CharField(max_length=12)
    seen = forms.CharField(max_length=12, required=False)
    why = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea)
    releases = forms.BooleanField(label=_("Release what is reserved"), required=False)


class LineFilterForm(forms.Form):
    """«Когда меняли колодки»: a part of a work's, part's or document's name."""

    q = forms.CharField(label=_("Filter"), max_length=100, required=False)

    @property
    def matching(self) -> str:
        """What to look for; nothing while the input is not valid."""
        return self.cleaned_data["q"] if self.is_valid() else ""
