"""Forms at the car."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from armclients.kit.addresses import key
from orders.models import Damage, Visit
from orders.models.visit import DRAWING, FUEL_PARTS, LONGEST_SIGNATURE, ZONES

FUEL = [("", "—"), *((str(part), f"{part}/{FUEL_PARTS}") for part in range(FUEL_PARTS + 1))]


class VisitForm(forms.ModelForm):
    """The car as it is seen when it is taken in."""

    fuel = forms.TypedChoiceField(
        label=_("fuel"), choices=FUEL, required=False, coerce=int, empty_value=None
    )
    things = forms.MultipleChoiceField(
        label=_("In the car"),
        choices=Visit.Thing,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lights = forms.MultipleChoiceField(
        label=_("Warning lights"),
        choices=Visit.Light,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_sure = forms.BooleanField(
        label=_("it is right: keep it all the same"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Visit
        fields = (
            *("brought_by", "mileage_km", "fuel", "keys", "reasons"),
            *("things", "lights", "belongings", "remarks"),
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("reasons", "belongings", "remarks")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mileage_km"].max_value = 9_999_999  # type: ignore[attr-defined]
        for name in ("things", "lights"):
            self.fields[name].template_name = "parts/choices.html"  # type: ignore[attr-defined]

    def ask_whether_sure(self) -> None:
        self.fields["is_sure"].widget = forms.CheckboxInput()


class DamageForm(forms.Form):
    """A mark: pointed at on the drawing, or by the name of the part."""

    kind = forms.ChoiceField(label=_("what"), choices=Damage.Kind)
    note = forms.CharField(label=_("note"), max_length=100, required=False)
    zone = forms.ChoiceField(
        label=_("where"),
        choices=[("", "—"), *((zone, name) for zone, (name, _at) in ZONES.items())],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """`at.x` and `at.y` are what a browser sends for a pointed-at picture."""
        given = super().clean() or {}
        zone = given.pop("zone", "")
        if zone:
            place: tuple[int, int] | None = ZONES[zone][1]
        else:
            place = self._pointed()
        if place is None:
            self.add_error("zone", _("Point at the drawing, or choose the part."))
        else:
            given["x"], given["y"] = place
        return given

    def _pointed(self) -> tuple[int, int] | None:
        typed = [self.data.get(f"at.{axis}", "") for axis in "xy"]
        x, y = (key(text) or 0 for text in typed)
        # A picture that was not pointed at, but pressed by a key, sends its corner.
        is_inside = 0 < x <= DRAWING[0] and 0 < y <= DRAWING[1]
        return (x, y) if is_inside else None


class SignatureForm(forms.Form):
    """What the pen drew."""

    signature = forms.CharField(
        max_length=LONGEST_SIGNATURE, required=False, widget=forms.HiddenInput
    )
