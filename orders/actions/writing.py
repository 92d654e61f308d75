"""Documents are written on the screen: made, copied, and their facts changed."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from armclients.kit import clashes
from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from orders.actions import deferred, documents
from orders.actions.lines import open_document
from orders.models import Branch, Document, WorkOrder
from vehicles.actions import vehicles
from vehicles.models import OdometerReading

WITHOUT_LINES = (Document.Kind.REPAIR_REQUEST,)


@transaction.atomic
def create(
    kind: str,
    *,
    key: uuid.UUID,
    branch: Branch | None,
    customer: Counterparty,
    base: Document | None = None,
    like: Document | None = None,
    is_sure: bool = False,
    put_off: Iterable[int] = (),
    by: Any,
    on: datetime.date,
    **own: Any,
) -> Document:
    """There is one more document, with the lines of the one it is made from, or is a copy of.

    `put_off` are the deferred works of its vehicle that it is to take.
    `key` belongs to one filled-in form: sent twice, it is one document. Raises RefusedError.
    """
    if branch is None:
        raise RefusedError(_("There is no branch to write documents in."))
    same = Document.objects.filter(kind=kind, source="", source_id=str(key))
    if known := same.first():
        return known
    mileage = own.get("mileage_km")
    try:
        with transaction.atomic():
            made = documents.create(
                kind,
                branch=branch,
                customer=customer,
                base=base,
                by=by,
                on=on,
                source_id=str(key),
                **own,
            )
    except IntegrityError:
        # The same form came twice at once, and the other one is in.
        return same.get()
    if (source := base or like) and kind not in WITHOUT_LINES:
        documents.copy_lines(made, works=source.works.all(), goods=source.goods.all())
    if mileage is not None and made.vehicle_id:
        _read_odometer(made, km=mileage, is_sure=is_sure, by=by, on=on)
    deferred.take_all(put_off, made.pk, by=by)
    return made


@transaction.atomic
def edit(
    pk: int,
    *,
    seen: Mapping[str, Any],
    given: Mapping[str, Any],
    is_sure: bool = False,
    by: Any,
    on: datetime.date,
) -> list[str]:
    """The document has what was changed since it was seen so; which fields.

    Raises RefusedError, ClashError, and Document.DoesNotExist.
    """
    kind = open_document(pk, by=by).kind
    document = documents.model_of(kind).objects.get(pk=pk)
    changed = clashes.apply(document, seen=seen, given=given)
    if "mileage_km" in changed and document.mileage_km is not None and document.vehicle_id:
        _read_odometer(document, km=document.mileage_km, is_sure=is_sure, by=by, on=on)
    return changed


@transaction.atomic
def name_payer(pk: int, *, payer: Counterparty, by: Any) -> None:
    """Somebody pays for the document, its customer or another.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(pk, by=by)
    if document.paid and document.payer_id != payer.pk:
        raise RefusedError(_("It is paid already by %(payer)s.") % {"payer": document.payer})
    document.payer = payer
    document.save(update_fields=["payer"])


@transaction.atomic
def hand_over(pk: int, *, to: str, at: datetime.datetime, now: datetime.datetime, by: Any) -> None:
    """The vehicle was given to this person. Raises RefusedError, and WorkOrder.DoesNotExist."""
    order: Any = WorkOrder.objects.select_for_update(of=("self",)).get(pk=pk)
    if not by.has_perm("orders.change_workorder"):
        raise RefusedError(_("You may not change documents of this kind."))
    if order.state not in {"completed", "closed"}:
        raise RefusedError(_("The work is not completed yet."))
    if at > now:
        raise RefusedError(_("This moment is yet to come."), field="at")
    order.handed_over_to, order.handed_over_at = to, at
    order.save(update_fields=["handed_over_to", "handed_over_at"])


def _read_odometer(document: Any, *, km: int, is_sure: bool, by: Any, on: datetime.date) -> None:
    """The mileage of the document is the vehicle's too; one that runs back must be meant."""
    try:
        vehicles.read_odometer(document.vehicle_id, km=km, on=on, is_sure=is_sure, by=by, today=on)
    except vehicles.RunsBackError as error:
        facts = {
            "km": error.reading.km,
            "day": date_format(error.reading.taken_on, "d.m.Y"),
        }
        raise RefusedError(
            _("On %(day)s it was %(km)s km. Is this right?") % facts, field="mileage_km"
        ) from error
    OdometerReading.objects.filter(vehicle=document.vehicle_id, taken_on=on).update(
        document=document.pk
    )
