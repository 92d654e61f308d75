"""What the header of every page shows: the branch and the new events of the user."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from armclients.models import User
from customers.models import Event
from orders.models import Branch


def header(request: HttpRequest) -> dict[str, Any]:
    """Context of whole pages; nothing is read unless the template asks for it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "branch": SimpleLazyObject(lambda: branch_of(user)),
        "my_new_events": SimpleLazyObject(lambda: Event.objects.new().filter(manager=user).count()),
    }


def branch_of(user: User) -> Branch | None:
    """Where the user works: the branch of their workplace, else the first one there is."""
    workplace = getattr(user, "workplace", None)
    return workplace.branch if workplace else Branch.objects.order_by("pk").first()
