"""The dictionary of makes and models, as it grows with what people type."""

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Length, Upper

from armclients.kit.text import in_latin, other_layout
from vehicles.models import Make, VehicleModel


@transaction.atomic
def model_called(title: str) -> VehicleModel | None:
    """The model of this make and name, made when nobody knows it yet; none of an empty text."""
    title = " ".join(title.split())
    if not title:
        return None
    readings = [title, *in_latin(title), *other_layout(title)]
    titled = VehicleModel.objects.annotate(title=Upper(Concat("make__name", Value(" "), "name")))
    named = Q()
    for reading in readings:
        # A make without the name of a model keeps the blank.
        named |= Q(title__in=[reading.upper(), f"{reading.upper()} "])
    if known := titled.filter(named).select_related("make").order_by("pk").first():
        return known
    make, name = _split(title, readings)
    return VehicleModel.objects.get_or_create(
        make=make, name__iexact=name, defaults={"name": name}
    )[0]


def _split(title: str, readings: list[str]) -> tuple[Make, str]:
    """The make that the text begins with, the longest one, else its first word; and the rest."""
    for reading in readings:
        known = Make.objects.annotate(typed=Value(f"{reading.upper()} "))
        begun = known.filter(typed__startswith=Concat(Upper("name"), Value(" ")))
        if make := begun.order_by(Length("name").desc(), "pk").first():
            words = len(make.name.split())
            return make, " ".join(title.split()[words:])
    first, _blank, rest = title.partition(" ")
    return Make.objects.get_or_create(name__iexact=first, defaults={"name": first})[0], rest
