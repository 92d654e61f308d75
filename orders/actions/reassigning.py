"""A document that was written for the wrong client or car."""

from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from orders.models import DeferredWork, Document
from vehicles.models import OdometerReading, Vehicle

# What is over stays whose it was, on paper too.
FINAL = ("closed", "posted", "cancelled", "refused", "rejected", "no_show")


@transaction.atomic
def reassign(
    pk: int, *, customer: Counterparty | None, vehicle: Vehicle | None, why: str, by: Any
) -> Document:
    """The document is this client's and about this car; the history says who it was before.

    Whoever paid for themselves is replaced as payer, with the money they paid for it. What was
    noted in it, recommendations and the mileage, goes along to the car.
    Raises RefusedError, and Document.DoesNotExist.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    if document.state in FINAL:
        raise RefusedError(_("«%(state)s»: it stays as it is.") % {"state": document.state_label})
    former, former_payer, car = document.counterparty_id, document.payer_id, document.vehicle_id
    document.counterparty = customer or document.counterparty
    document.vehicle = vehicle or document.vehicle
    if former_payer == former:
        document.payer = document.counterparty
    if (document.counterparty_id, document.vehicle_id) == (former, car):
        raise RefusedError(_("Name another client, or another vehicle."))
    with pghistory.context(user=by.pk, why=why):
        document.save(update_fields=["counterparty", "payer", "vehicle"])
        if document.payer_id != former_payer:
            document.payments.filter(counterparty=former_payer).update(
                counterparty=document.payer_id
            )
        if document.vehicle_id != car and document.vehicle_id:
            _take_along(document)
    return document


def _take_along(document: Document) -> None:
    DeferredWork.objects.filter(document=document).update(vehicle=document.vehicle_id)
    DeferredWork.objects.filter(done_by=document).exclude(vehicle=document.vehicle_id).update(
        done_by=None
    )
    known = OdometerReading.objects.filter(vehicle=document.vehicle_id).values("taken_on")
    readings = OdometerReading.objects.filter(document=document)
    # One reading a day: the car's own stays.
    readings.filter(taken_on__in=list(known.values_list("taken_on", flat=True))).delete()
    readings.update(vehicle=document.vehicle_id)
