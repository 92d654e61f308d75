"""Estimates as they are offered and answered."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from orders.models import Document, Estimate, EstimateAnswer, PartLine, WorkLine

MOST_VERSIONS = 30


@dataclass(frozen=True)
class Offer:
    """An estimate with its lines, as a client reads it."""

    estimate: Estimate
    works: list[WorkLine]
    goods: list[PartLine]

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in (*self.works, *self.goods)), Decimal())

    @cached_property
    def digest(self) -> str:
        """Changes with whatever the client agrees to."""
        words = [
            f"{type(line).__name__}:{line.pk}:{line}:{line.quantity}:{line.amount}"
            for line in (*self.works, *self.goods)
        ]
        return sha256("\n".join(words).encode()).hexdigest()[:32]


def offer(estimate: Estimate) -> Offer:
    """Two statements."""
    works = estimate.works.order_by("position", "pk")
    goods = estimate.goods.select_related("part").order_by("position", "pk")
    return Offer(estimate, list(works), list(goods))


def named(pk: int | None) -> Estimate | None:
    """The estimate with what its page shows. One statement."""
    estimates: Any = Estimate.objects.select_related(
        "branch", "vehicle__model__make", "counterparty", "manager", "answer"
    )
    return estimates.filter(pk=pk).first() if pk else None


def why_unanswerable(offer: Offer, *, today: datetime.date, by_link: bool) -> str:
    """Why no answer is taken; nothing when one is. Two statements."""
    estimate = offer.estimate
    if EstimateAnswer.objects.filter(estimate=estimate).exists():
        return "answered"
    if newer_than(estimate):
        return "superseded"
    if by_link and estimate.state != "sent":
        return "withdrawn"
    if by_link and (estimate.valid_until is None or estimate.valid_until < today):
        return "expired"
    return ""


def newer_than(estimate: Document) -> Document | None:
    """The version that took this one's place. One statement."""
    newer = Document.objects.filter(base=estimate, kind=Document.Kind.ESTIMATE)
    return newer.order_by("-pk").first()


def first_version_of(estimate: Estimate) -> Document:
    """Where the versions began. A statement a version."""
    first: Document = estimate
    for _step in range(MOST_VERSIONS):
        base = first.base
        if base is None or base.kind != Document.Kind.ESTIMATE:
            break
        first = base
    return first


def versions_of(estimate: Estimate) -> list[Estimate]:
    """All versions, the first one first. Two statements a version."""
    pks = [first_version_of(estimate).pk]
    while newer := newer_than(Document(pk=pks[-1])):
        pks.append(newer.pk)
    found: Any = Estimate.objects.filter(pk__in=pks).select_related("branch")
    return list(found.order_by("pk"))


def answer_to(estimate: Estimate) -> tuple[EstimateAnswer | None, list[Any]]:
    """What the client said, and to each line. Two statements."""
    given = (
        EstimateAnswer.objects.filter(estimate=estimate)
        .select_related("author", "taken_into")
        .first()
    )
    return given, list(given.lines.order_by("pk")) if given else []
