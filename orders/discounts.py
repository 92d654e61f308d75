"""How far whoever sells may go down by themselves."""

from decimal import Decimal
from typing import Any

from django.db.models import Max

from orders.models import DiscountLimit

BEYOND = "orders.exceed_discount_limit"


def limit_of(user: Any) -> Decimal | None:
    """Percent below the list at most, the largest of the user's roles; None is no limit at all.

    One statement.
    """
    if user.has_perm(BEYOND):
        return None
    of_roles = DiscountLimit.objects.filter(role__in=user.groups.all())
    return of_roles.aggregate(largest=Max("percent"))["largest"] or Decimal()
