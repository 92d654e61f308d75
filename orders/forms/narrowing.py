"""Lists of a vehicle are narrowed by what was typed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LineFilterForm(forms.Form):
    """«Когда меняли колодки»: a part of a work's, part's or document's name."""

    q = forms.CharField(label=_("Filter"), max_length=100, required=False)

    @property
    def matching(self) -> str:
        """What to look for; nothing while the input is not valid."""
        return self.cleaned_data["q"] if self.is_valid() else ""
