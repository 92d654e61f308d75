"""Forms of this floor."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit.forms import DateInput, Doubt, Doubtful, EditForm
from customers.forms import FindsClient
from vehicles import doubts
from vehicles.actions import catalogue
from vehicles.models import TireSet, Vehicle, VehicleModel, VehicleOwnership

AT = "vehicles:doubt"
DOUBTS = {
    "vin": Doubt(AT, lambda said: doubts.about_vin(said("vin"))),
    "body_number": Doubt(AT, lambda said: doubts.about_body(said("body_number"))),
    "plate": Doubt(AT, lambda said: doubts.about_plate(said("plate"))),
    "number": Doubt(AT, lambda said: doubts.about_plate(said("number"))),
}
FACTS = ("model", "vin", "body_number", "year", "colour", "engine", "gearbox", "trim", "comment")
NARROW = {"comment": forms.Textarea(attrs={"rows": 2})}


def a_year() -> forms.IntegerField:
    return forms.IntegerField(label=_("year"), required=False, min_value=1886, max_value=2100)


class ModelField(forms.CharField):
    """A make and model as text: chosen from what there is while it is typed, or new."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("make and model"), required=False, max_length=200, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"list": "models", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = VehicleModel.objects.select_related("make").filter(pk=value).first()
        return "" if value is None else str(value)


class OffersModels(forms.BaseForm):
    """A form with a model, whose suggestions are asked for as it is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"].widget.attrs |= {
            "hx-post": reverse("vehicles:models"),
            "hx-target": "#models",
            "hx-trigger": "input changed delay:250ms",
            "hx-sync": "this:replace",
        }

    def clean(self) -> dict[str, Any]:
        """The model is found, or made, once all the rest is right."""
        given = super().clean() or {}
        title = given.pop("model", "")
        return given if self.errors else given | {"model": catalogue.model_called(title)}


class NewVehicleForm(Doubtful, OffersModels, forms.ModelForm):
    """A vehicle, by whatever of it is known, its plate, and since when it is whose."""

    model = ModelField()
    year = a_year()
    plate = forms.CharField(label=_("plate"), required=False, max_length=20)
    since = forms.DateField(
        label=_("owner since"), required=False, widget=DateInput, help_text=_("Empty: not known.")
    )
    doubts: ClassVar = {name: DOUBTS[name] for name in ("vin", "body_number", "plate")}

    class Meta:
        model = Vehicle
        fields = FACTS
        widgets = NARROW

    field_order = ("vin", "model", "year", "plate", "body_number")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(
            given.get(n) for n in ("model", "vin", "body_number", "plate")
        ):
            raise forms.ValidationError(_("Name the model, or a number of the vehicle."))
        return given


class VehicleForm(Doubtful, OffersModels, EditForm):
    """The vehicle's own facts; owner, plate and mileage have dates and windows of their own."""

    model = ModelField()
    year = a_year()
    doubts: ClassVar = {name: DOUBTS[name] for name in ("vin", "body_number")}
    field_order = ("vin", "model", "year", "body_number")

    class Meta:
        model = Vehicle
        fields = FACTS
        widgets = NARROW


class SaleForm(FindsClient):
    """To whom, from which day; or nobody knows to whom."""

    unknown = forms.BooleanField(label=_("sold, nobody knows to whom"), required=False)
    on = forms.DateField(label=_("from the day"), widget=DateInput)
    tires_follow = forms.BooleanField(label=_("the tires go to the new owner too"), required=False)
    is_client_needed = False

    def __init__(self, *args: Any, tires: Iterable[TireSet] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if numbers := ", ".join(each.number for each in tires):
            self.fields["tires_follow"].help_text = _(
                "In the tire hotel: %(numbers)s. Without this they stay the former owner's."
            ) % {"numbers": numbers}
        else:
            del self.fields["tires_follow"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_unknown = given.pop("unknown", False)
        if "client" in given and bool(given["client"]) == is_unknown:
            self.add_error("client", _("Name the new owner, or tick that nobody knows them."))
        return given


class DayForm(forms.Form):
    """From which day."""

    on = forms.DateField(label=_("from the day"), widget=DateInput)


class OwnerForm(FindsClient):
    """Whose it is."""

    on = forms.DateField(label=_("from the day"), widget=DateInput)


class PlateForm(Doubtful, forms.Form):
    """The new plate; empty when the vehicle has none any more."""

    number = forms.CharField(
        label=_("new plate"),
        required=False,
        max_length=20,
        help_text=_("Empty: it has no plate any more."),
    )
    on = forms.DateField(label=_("from the day"), widget=DateInput)
    doubts: ClassVar = {"number": DOUBTS["number"]}


class OdometerForm(forms.Form):
    """The mileage of a day."""

    km = forms.IntegerField(label=_("mileage, km"), min_value=0, max_value=9_999_999)
    on = forms.DateField(label=_("taken on"), widget=DateInput)
    is_sure = forms.BooleanField(
        label=_("it is right: keep it all the same"), required=False, widget=forms.HiddenInput
    )

    def ask_whether_sure(self) -> None:
        self.fields["is_sure"].widget = forms.CheckboxInput()


class RoleForm(FindsClient):
    """Who else has to do with the vehicle."""

    ROLES = [
        each for each in VehicleOwnership.Role.choices if each[0] != VehicleOwnership.Role.OWNER
    ]
    role = forms.ChoiceField(label=_("role"), choices=ROLES)
    since = forms.DateField(label=_("since"), widget=DateInput)
