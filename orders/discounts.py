"""How far whoever sells may go down by themselves."""

from decimal import Decimal
from typing import Any

# Percent below the list that need no special right; a client's card may give more.
MOST_BY_HAND = Decimal(10)
FREELY = "orders.discount_freely"


def may_give(user: Any, percent: Decimal, *, by_card: Decimal = Decimal()) -> bool:
    """Whether this user may give so many percent to somebody whose card gives `by_card`."""
    return percent <= max(MOST_BY_HAND, by_card) or user.has_perm(FREELY)
