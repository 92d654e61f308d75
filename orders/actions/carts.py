"""What a client chose is gathered in a cart, and becomes one document, once."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from armclients.kit import clashes
from armclients.kit.refusals import RefusedError
from armclients.kit.wording import plainly
from customers.models import Counterparty
from orders import discounts
from orders.actions import documents
from orders.models import Branch, Cart, CartLine, Document, PartLine, WorkLine
from orders.models.line import Line
from orders.queries import contracts, prices, vat
from orders.queries.contracts import Terms
from vehicles.models import Vehicle

KINDS = (Document.Kind.ESTIMATE, Document.Kind.CUSTOMER_ORDER, Document.Kind.WORK_ORDER)


class BecameError(RefusedError):
    """The cart is a document by now; `document` says which."""

    def __init__(self, document: Document | None) -> None:
        super().__init__(_("The cart became a document meanwhile."))
        self.document = document


class ClashesError(Exception):
    """Somebody else has changed the same of these lines, by key, since they were shown."""

    def __init__(self, of: dict[int, clashes.ClashError]) -> None:
        super().__init__(of)
        self.of = of


@transaction.atomic
def add(
    lines: Iterable[dict[str, Any]], *, customer: Counterparty, vehicle: Vehicle | None, by: Any
) -> Cart:
    """The client's open cart for this vehicle holds these lines too; where none is, it is made.

    More of what lies in it already, at the same price, is a larger quantity.
    """
    of = {"counterparty": customer, "vehicle": vehicle, "state": Cart.State.OPEN}
    Cart.objects.bulk_create([Cart(author=by, **of)], ignore_conflicts=True)
    cart = Cart.objects.select_for_update(of=("self",)).get(**of)
    held = list(cart.lines.order_by("pk"))
    for facts in lines:
        line = CartLine(cart=cart, **facts)
        same = next((other for other in held if _is_the_same(line, other)), None)
        if same:
            same.quantity += line.quantity
            same.save(update_fields=["quantity"])
        else:
            line.save()
            held.append(line)
    return cart


@transaction.atomic
def change(
    pk: int,
    *,
    lines: Mapping[int, Mapping[str, Any]],
    seen: Mapping[int, Mapping[str, Any]],
    by: Any,
    on: datetime.date,
) -> Cart:
    """The lines have the quantities, prices and discounts that were changed since they were seen.

    Raises RefusedError, with a field such as `discount-17` where one goes too far, and
    ClashesError: then nothing is changed.
    """
    cart = _open(pk)
    terms = contracts.terms_of_client(cart.counterparty, on=on)
    clashing: dict[int, clashes.ClashError] = {}
    for line in cart.lines.filter(pk__in=lines).select_related("part", "labor").order_by("pk"):
        try:
            changed = clashes.apply(line, seen=seen.get(line.pk, {}), given=lines[line.pk])
        except clashes.ClashError as clash:
            clashing[line.pk] = clash
            continue
        if {"price", "discount_percent"} & set(changed):
            _may_cost(line, terms, by=by)
            _by_hand(line, changed, by=by)
    if clashing:
        raise ClashesError(clashing)
    return cart


@transaction.atomic
def remove(pk: int, *, line: int) -> None:
    """The line is gone; a cart without lines is abandoned. Gone before is gone as well."""
    cart = _open(pk)
    cart.lines.filter(pk=line).delete()
    if not cart.lines.exists():
        cart.state = Cart.State.ABANDONED
        cart.save(update_fields=["state"])


@transaction.atomic
def abandon(pk: int) -> None:
    """The client does not want it any more; what was in it stays known."""
    cart = _open(pk)
    cart.state = Cart.State.ABANDONED
    cart.save(update_fields=["state"])


@transaction.atomic
def become(pk: int, *, kind: str, branch: Branch | None, by: Any, on: datetime.date) -> Document:
    """The cart is a document of this kind, with its lines at the cart's prices.

    Whoever comes second, by another click or on another screen, gets BecameError with the document
    that it is. Raises Cart.DoesNotExist.
    """
    cart = _open(pk)
    lines = list(cart.lines.select_related("part", "labor").order_by("pk"))
    if not lines:
        raise RefusedError(_("The cart is empty."))
    if branch is None:
        raise RefusedError(_("There is no branch yet: the administrator adds one."))
    document = documents.create(
        kind,
        branch=branch,
        customer=cart.counterparty,
        vehicle=cart.vehicle,
        by=by,
        on=on,
        **_expected(kind, lines, on),
    )
    rate = vat.of_document(document, on=on)
    documents.copy_lines(
        document,
        works=[_work(line, rate) for line in lines if line.is_work],
        goods=[_goods(line, rate) for line in lines if not line.is_work],
    )
    cart.state, cart.document = Cart.State.CONVERTED, document
    cart.save(update_fields=["state", "document"])
    return document


def _open(pk: int) -> Cart:
    # The document is not read along: a row that waited for its lock would come with its former one.
    cart = (
        Cart.objects.select_for_update(of=("self",))
        .select_related("counterparty__price_type_goods", "counterparty__price_type_works")
        .get(pk=pk)
    )
    if cart.state == Cart.State.CONVERTED:
        raise BecameError(cart.document)
    if cart.state != Cart.State.OPEN:
        raise RefusedError(_("The cart was put aside meanwhile."))
    return cart


def _is_the_same(line: CartLine, other: CartLine) -> bool:
    told = ("part_id", "labor_id", "name", "price", "discount_percent", "supplier", "days")
    return all(getattr(line, name) == getattr(other, name) for name in told)


def _may_cost(line: CartLine, terms: Terms, *, by: Any) -> None:
    """What the list has a price for goes no further down than the card or the user's right."""
    if line.part and not line.supplier:
        listed = prices.of_part(line.part, **terms)
    elif line.labor:
        listed = prices.of_work(line.labor, **terms)
    else:
        listed = prices.Price(line.price)
    net = line.price * (100 - line.discount_percent) / 100
    percent = 100 - net / listed.amount * 100 if listed.amount else Decimal()
    limit = discounts.limit_of(by)
    # A client's card may give more than anybody by hand.
    most = None if limit is None else max(limit, listed.discount_percent)
    if most is not None and percent > most:
        raise RefusedError(
            _("More than %(most)s %% below the list takes a special right.")
            % {"most": plainly(most)},
            field=f"discount-{line.pk}",
        )


def _by_hand(line: CartLine, changed: list[str], *, by: Any) -> None:
    if "discount_percent" in changed:
        line.discount_source = Line.DiscountSource.HAND if line.discount_percent else ""
        line.discount_by = by if line.discount_percent else None
    line.why = str(_("by hand"))
    line.save(update_fields=["discount_source", "discount_by", "why"])


def _expected(kind: str, lines: list[CartLine], on: datetime.date) -> dict[str, Any]:
    """An order is expected when the slowest supplier has brought its part."""
    days = max((line.days or 0 for line in lines), default=0)
    if kind != Document.Kind.CUSTOMER_ORDER or not days:
        return {}
    return {"expected_on": on + datetime.timedelta(days=days)}


def _money(line: CartLine, vat: int | None) -> dict[str, Any]:
    return {
        "quantity": line.quantity,
        "price": line.price,
        "discount_percent": line.discount_percent,
        "discount_source": line.discount_source,
        "discount_by_id": line.discount_by_id,
        "vat_percent": vat,
    }


def _work(line: CartLine, vat: int | None) -> WorkLine:
    code, hours = (line.labor.code, line.labor.norm_hours) if line.labor else ("", None)
    told = {"labor": line.labor, "code": code, "norm_hours": hours, "name": line.name}
    return WorkLine(**told, **_money(line, vat))


def _goods(line: CartLine, vat: int | None) -> PartLine:
    return PartLine(part=line.part, **_money(line, vat))
