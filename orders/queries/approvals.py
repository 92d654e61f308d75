"""What was agreed upon about a document."""

from dataclasses import dataclass
from decimal import Decimal

from orders.models import Approval, Document, WorkOrder

# How far an approximate price may be passed before the client has to be asked.
TOLERANCE = Decimal("0.10")
NOTHING = Decimal()
ExtraWork = WorkOrder.ExtraWork


@dataclass(frozen=True)
class Agreed:
    """The approvals of a document, the latest first, what the client said in advance about extra
    works, and how its total stands to both."""

    approvals: list[Approval]
    total: Decimal
    extra_work: str = ""
    extra_sum: Decimal | None = None

    @property
    def allowed(self) -> Decimal | None:
        """For how much more the client wants not to be asked, when they named such a sum."""
        return self.extra_sum if self.extra_work == ExtraWork.WITHIN else None

    @property
    def wants_to_be_asked(self) -> bool:
        return self.extra_work == ExtraWork.ASK

    @property
    def wants_no_more(self) -> bool:
        return self.extra_work == ExtraWork.REFUSE

    @property
    def latest(self) -> Approval | None:
        return self.approvals[0] if self.approvals else None

    @property
    def approved_total(self) -> Decimal | None:
        return self.latest.amount if self.latest else None

    @property
    def is_firm(self) -> bool:
        return bool(self.latest and self.latest.is_firm)

    @property
    def excess(self) -> Decimal:
        """How much of the total is above what was agreed to."""
        return max(self.total - self.latest.amount, NOTHING) if self.latest else NOTHING

    @property
    def allowance(self) -> Decimal:
        """By how much the agreed sum may be passed without asking the client.

        What they said in advance decides [law: ПП 780]: by the sum they named, or by nothing when
        they want to be asked or want no extra works. Of whoever was not asked, a firm price is
        passed by nothing and an approximate one by a tenth.
        """
        if self.extra_work or self.is_firm:
            return self.allowed or NOTHING
        return (self.approved_total or NOTHING) * TOLERANCE

    @property
    def must_ask(self) -> bool:
        return self.excess > self.allowance

    @property
    def is_allowed(self) -> bool:
        """Whether what is above the agreed sum was allowed in advance."""
        return bool(self.excess and self.allowed) and not self.must_ask


def of(document: Document) -> Agreed:
    """Of a work order, read with its own facts. One statement."""
    order, approvals = document.own, document.approvals.select_related("author")
    return Agreed(
        list(approvals.order_by("-at", "-pk")),
        document.total,
        extra_work=order.extra_work_policy,
        extra_sum=order.extra_work_limit,
    )
