"""Which state a document is to have."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StateForm(forms.Form):
    """Which state a document is to have, and what whoever decides sees and says."""

    to = forms.CharField(max_length=12)
    seen = forms.CharField(max_length=12, required=False)
    why = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea)
    releases = forms.BooleanField(label=_("Release what is reserved"), required=False)
    leaves_goods = forms.BooleanField(label=_("Close without issuing them"), required=False)
