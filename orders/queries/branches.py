"""Where somebody works."""

from typing import Any

from orders.models import Branch


def of_user(user: Any) -> Branch | None:
    """The branch of their workplace, else the first one there is."""
    workplace = getattr(user, "workplace", None)
    return workplace.branch if workplace else Branch.objects.order_by("pk").first()
