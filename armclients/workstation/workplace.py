"""Where a user works."""

from armclients.models import User
from orders.models import Branch


def branch_of(user: User) -> Branch | None:
    """Where the user works: the branch of their workplace, else the first one there is."""
    workplace = getattr(user, "workplace", None)
    return workplace.branch if workplace else Branch.objects.order_by("pk").first()
