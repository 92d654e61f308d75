"""What the header of every page shows: the branch and the new events of the user."""

from functools import cache, partial
from typing import Any

from django.db.models import Count, Subquery
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
    facts = cache(partial(_facts, user))
    return {
        "branch": SimpleLazyObject(lambda: facts()[0]),
        "my_new_events": SimpleLazyObject(lambda: facts()[1]),
    }


def _facts(user: User) -> tuple[Branch | None, int]:
    """The branch, and how many new events are the user's. One statement."""
    mine = Event.objects.new().filter(manager=user)
    if hasattr(user, "workplace"):
        return user.workplace.branch, mine.count()
    counted = mine.order_by().values("manager").annotate(rows=Count("pk")).values("rows")
    first: Any = Branch.objects.annotate(my_new=Subquery(counted)).order_by("pk").first()
    return (first, first.my_new or 0) if first else (None, mine.count())


def branch_of(user: User) -> Branch | None:
    """Where the user works: the branch of their workplace, else the first one there is."""
    workplace = getattr(user, "workplace", None)
    return workplace.branch if workplace else Branch.objects.order_by("pk").first()
