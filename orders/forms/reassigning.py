"""Whose a document is to be, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.finding import folded
from customers.forms import FindsClient
from vehicles.models import Vehicle

SHORTEST = 3


class ReassignForm(FindsClient):
    """Another client, another vehicle, or both; what is left empty stays."""

    is_client_needed = False
    vehicle = forms.CharField(
        label=_("vehicle"),
        max_length=60,
        required=False,
        help_text=_("Plate, VIN or body number. Empty: it stays."),
    )
    why = forms.CharField(label=_("Why"), max_length=300)

    def clean_vehicle(self) -> Vehicle | None:
        typed = self.cleaned_data["vehicle"]
        if not typed:
            return None
        _name, _contact, number = folded(typed)
        if len(number.strip()) < SHORTEST:
            raise forms.ValidationError(_("Type more of the number."))
        known = Vehicle.objects.named().filter(lookup__contains=number.strip())
        found = list(known.order_by("pk")[:2])
        if not found:
            raise forms.ValidationError(_("There is no such vehicle."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several vehicles have it: type more of the number."))
        return found[0]
