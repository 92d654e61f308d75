"""What was agreed upon about a document."""

from dataclasses import dataclass
from decimal import Decimal

from orders.models import Approval, Document

# How far an approximate price may be passed before the client has to be asked.
TOLERANCE = Decimal("1.10")


@dataclass(frozen=True)
class Agreed:
    """The approvals of a document, the latest first, and how its total stands to them."""

    approvals: list[Approval]
    total: Decimal

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
        """How much of the total nobody has agreed to."""
        return max(self.total - self.latest.amount, Decimal()) if self.latest else Decimal()

    @property
    def must_ask(self) -> bool:
        """A firm price is passed by any ruble, an approximate one by more than a tenth."""
        if not self.latest:
            return False
        limit = self.latest.amount if self.is_firm else self.latest.amount * TOLERANCE
        return self.total > limit


def of(document: Document) -> Agreed:
    """One statement."""
    approvals = document.approvals.select_related("author").order_by("-at", "-pk")
    return Agreed(list(approvals), document.total)
