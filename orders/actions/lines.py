"""Lines of documents: put in, changed, taken out, always under the lock of their document."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from armclients.kit import clashes
from armclients.kit.addresses import key
from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import discounts
from orders.actions import documents
from orders.models import Document, Labor, Part, PartLine, WorkLine, WorkPackage
from orders.models.line import Line
from orders.queries import contracts, offers, prices, vat
from orders.queries.lines import DEAREST
from orders.queries.offers import Offer, Typed
from orders.queries.prices import Price

MODELS: dict[str, type[WorkLine] | type[PartLine]] = {"works": WorkLine, "goods": PartLine}
ONE = Decimal(1)
NOTHING = Price(Decimal())
LONGEST_NAME = 300
# A package knows nothing of tires.
OF_A_WORK = ("name", "code", "norm_hours", "quantity", "tire_set_id", "stored_until")


def may_write(user: Any, document: Document) -> bool:
    """Whether this user may write lines and facts of a document that stands like this."""
    return not document.is_settled and user.has_perm(writing(document.kind))


def writing(kind: str) -> str:
    """The permission it takes to change documents of a kind."""
    return f"orders.change_{kind.replace('_', '')}"


def making(kind: str) -> str:
    """The permission it takes to make documents of a kind."""
    return f"orders.add_{kind.replace('_', '')}"


@transaction.atomic
def add_typed(
    document_pk: int, *, typed: str, pick: str = "", by: Any, on: datetime.date
) -> list[Line]:
    """What was typed stands in the document: the offer that was picked, or else the first.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(document_pk, by=by)
    asked = Typed.of(typed)
    kind, _dash, picked = pick.partition("-")
    if not pick:
        first = _first_offer(document, asked, on)
        kind, _dash, picked = first.key.partition("-")
    row = key(picked) or 0
    if kind == "package":
        return add_package(document_pk, package=_package(document, row), by=by, on=on)
    if kind == "part":
        part = Part.objects.filter(pk=row).first()
        if part is None:
            raise _gone()
        return [add_part(document_pk, part=part, quantity=asked.quantity, by=by, on=on)]
    labor = Labor.objects.filter(pk=row).first() if kind == "work" else None
    if kind == "work" and labor is None:
        raise _gone()
    if not asked.text:
        raise RefusedError(_("Type a work, an article or a package."), field="typed")
    name = asked.text[:LONGEST_NAME]
    return [add_work(document_pk, labor=labor, name=name, quantity=asked.quantity, by=by, on=on)]


@transaction.atomic
def add_work(
    document_pk: int,
    *,
    labor: Labor | None = None,
    name: str = "",
    quantity: Decimal = ONE,
    price: Price | None = None,
    by: Any,
    on: datetime.date,
) -> WorkLine:
    """One more work: a labour at the price of the day unless another is given, or one by name.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(document_pk, by=by)
    if price is None and labor:
        price = prices.of_work(labor, **contracts.terms_of_document(document, on=on))
    line = WorkLine(name=name, quantity=quantity)
    if labor:
        line.labor, line.name = labor, labor.name
        line.code, line.norm_hours = labor.code, labor.norm_hours
    return put(document, [(line, price or NOTHING)], on)[0]


@transaction.atomic
def add_part(
    document_pk: int,
    *,
    part: Part,
    quantity: Decimal = ONE,
    price: Price | None = None,
    by: Any,
    on: datetime.date,
) -> PartLine:
    """One more part, at the price of the day unless another is given.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(document_pk, by=by)
    price = price or prices.of_part(part, **contracts.terms_of_document(document, on=on))
    return put(document, [(PartLine(part=part, quantity=quantity), price)], on)[0]


@transaction.atomic
def add_package(
    document_pk: int, *, package: WorkPackage, by: Any, on: datetime.date
) -> list[Line]:
    """All works and parts of a package, at the prices of the day, less the package's discount.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(document_pk, by=by)
    priced = [
        (line, _less(price if own is None else replace(price, amount=own), package))
        for line, row, price in _of_today(document, package, on)
        for own in [getattr(row, "price", None)]
    ]
    if not priced:
        raise RefusedError(_("The package is empty."), field="typed")
    return put(document, priced, on)


@transaction.atomic
def repeat(document_pk: int, *, of: Document, by: Any, on: datetime.date) -> list[Line]:
    """The works and goods of an earlier document once more, at the prices of today.

    What has no price today keeps the one it had. Raises RefusedError, and Document.DoesNotExist.
    """
    document = open_document(document_pk, by=by)
    priced = [
        (line, price if price.amount else Price(row.price))
        for line, row, price in _of_today(document, of, on)
    ]
    if not priced:
        raise RefusedError(_("That document has no lines."))
    return put(document, priced, on)


@transaction.atomic
def change(
    document_pk: int,
    line_pk: int,
    *,
    of: str,
    seen: Mapping[str, Any],
    given: Mapping[str, Any],
    by: Any,
) -> list[str]:
    """The line has what was changed since it was seen so; which fields. `of` is works or goods.

    Raises RefusedError, ClashError, and DoesNotExist of the document or the line.
    """
    open_document(document_pk, by=by)
    line = MODELS[of].objects.select_for_update().get(pk=line_pk, document=document_pk)
    if isinstance(line, PartLine):
        _not_below_what_is_held(line, given.get("quantity", line.quantity))
    before = line.discount_percent
    changed = clashes.apply(line, seen=seen, given=given)
    if "discount_percent" in changed:
        if line.discount_percent > before:
            _within_limit(by, line.discount_percent)
        line.discount_source = Line.DiscountSource.HAND if line.discount_percent else ""
        line.discount_by = by if line.discount_percent else None
        line.save(update_fields=["discount_source", "discount_by"])
    return changed


@transaction.atomic
def remove(document_pk: int, line_pk: int, *, of: str, by: Any) -> None:
    """The line is gone; the history keeps it.

    Raises RefusedError, and DoesNotExist of the document or the line.
    """
    open_document(document_pk, by=by)
    line = MODELS[of].objects.select_for_update().get(pk=line_pk, document=document_pk)
    if reserve := getattr(line, "reserve", None):
        raise RefusedError(
            _("%(quantity)s of it are reserved: release them first.")
            % {"quantity": arm.quantity(reserve.quantity)}
        )
    if isinstance(line, PartLine) and line.movements.exists():
        raise RefusedError(_("Goods were issued for it: the line stays, to say so."))
    line.delete()


def open_document(pk: int, *, by: Any) -> Document:
    """The document, locked, when this user may write it. Raises RefusedError, DoesNotExist."""
    document = Document.objects.select_for_update(of=("self",)).select_related(
        "counterparty", "vehicle"
    )
    found = document.get(pk=pk)
    if found.is_settled:
        raise RefusedError(
            _("It is «%(state)s» and cannot be changed any more.") % {"state": found.state_label}
        )
    if not by.has_perm(writing(found.kind)):
        raise RefusedError(_("You may not change documents of this kind."))
    return found


def _first_offer(document: Document, asked: Typed, on: datetime.date) -> Offer:
    found = offers.offers(document, asked, on=on)
    if not found:
        raise RefusedError(_("Type a work, an article or a package."), field="typed")
    return found[0]


def _package(document: Document, pk: int) -> WorkPackage:
    package = offers.packages_for(document).filter(pk=pk).first()
    if package is None:
        raise _gone()
    return package


def _gone() -> RefusedError:
    return RefusedError(_("There is no such thing any more: look it up once more."), field="typed")


def _of_today(
    document: Document, source: Document | WorkPackage, on: datetime.date
) -> list[tuple[Any, Any, Price]]:
    """New lines like those of another document or of a package: each with the row it is like, and
    what it costs the document's customer today."""
    works: list[Any] = list(source.works.select_related("labor").order_by("position", "pk"))
    goods: list[Any] = list(source.goods.select_related("part").order_by("position", "pk"))
    labors = offers.labors_of(works)
    terms = contracts.terms_of_document(document, on=on)
    of_works = prices.of_works(labors.values(), **terms) if labors else {}
    of_goods = prices.of_parts([each.part for each in goods], **terms) if goods else {}
    made: list[tuple[Any, Any, Price]] = []
    for work in works:
        own = {name: getattr(work, name) for name in OF_A_WORK if hasattr(work, name)}
        labor = labors.get(work.pk)
        made.append((WorkLine(labor=labor, **own), work, of_works[labor.pk] if labor else NOTHING))
    for each in goods:
        again = PartLine(part=each.part, quantity=each.quantity)
        made.append((again, each, of_goods[each.part_id]))
    return made


def _less(price: Price, package: WorkPackage) -> Price:
    """Discounts do not add up: the larger one holds."""
    if package.discount_percent <= price.discount_percent:
        return price
    return Price(price.amount, package.discount_percent, Line.DiscountSource.PACKAGE)


def put(document: Document, priced: list[tuple[Any, Price]], on: datetime.date) -> list[Any]:
    """The lines stand after those of the document, which is locked, with their prices and the VAT
    of the day. Raises RefusedError.
    """
    percent = vat.of_document(document, on=on)
    for line, price in priced:
        if price.amount * line.quantity > DEAREST:
            raise RefusedError(_("This comes to more than any document may."), field="typed")
        line.vat_percent, line.price = percent, price.amount
        line.discount_percent = price.discount_percent
        line.discount_source = price.discount_source
    lines = [line for line, _price in priced]
    for model in MODELS.values():
        documents.append(document, model, [line for line in lines if isinstance(line, model)])
    return lines


def _within_limit(user: Any, percent: Decimal) -> None:
    limit = discounts.limit_of(user)
    if limit is not None and percent > limit:
        raise RefusedError(
            _("You may give %(limit)s %% at most.") % {"limit": arm.quantity(limit)},
            field="discount_percent",
        )


def _not_below_what_is_held(line: PartLine, quantity: Decimal) -> None:
    """What was issued stays issued, and what is reserved reserved."""
    reserve = getattr(line, "reserve", None)
    if line.issued > quantity:
        raise RefusedError(
            _("%(quantity)s of it are issued: take them back first.")
            % {"quantity": arm.quantity(line.issued)},
            field="quantity",
        )
    if reserve and reserve.quantity > quantity - line.issued:
        raise RefusedError(
            _("%(quantity)s of it are reserved: release them first.")
            % {"quantity": arm.quantity(reserve.quantity)},
            field="quantity",
        )
