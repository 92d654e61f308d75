"""What the header of every page shows: the branch, the user's new events and the current call."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db.models import Count, Exists, Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from armclients.models import User
from armclients.workstation import calls
from customers.models import Event
from customers.telephony import dialling
from orders.models import Branch


@dataclass(frozen=True)
class Facts:
    branch: Branch | None
    new_events: int
    is_called: bool


def header(request: HttpRequest) -> dict[str, Any]:
    """Context of whole pages; nothing is read unless the template asks for it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    facts = cache(partial(_facts, user))
    context: dict[str, Any] = {
        "branch": SimpleLazyObject(lambda: facts().branch),
        "my_new_events": SimpleLazyObject(lambda: facts().new_events),
    }
    if user.has_perm("customers.view_call"):
        context |= {
            "hears_calls": True,
            "dials": dialling.is_possible(user.phone_line),
            "strip": SimpleLazyObject(lambda: calls.strip_of(user) if facts().is_called else None),
        }
    return context


def _facts(user: User) -> Facts:
    """The branch, how many new events are the user's, and whether a call is. One statement."""
    mine = Event.objects.new().filter(manager=user)
    counted = mine.order_by().values("manager").annotate(rows=Count("pk")).values("rows")
    workplace = getattr(user, "workplace", None)
    branches = Branch.objects.filter(pk=workplace.branch_id) if workplace else Branch.objects.all()
    annotated = branches.annotate(
        my_new=Subquery(counted), rings=Exists(calls.on_the_line_of(user))
    )
    first: Any = annotated.order_by("pk").first()
    if first is None:
        return Facts(None, mine.count(), is_called=True)
    return Facts(first, first.my_new or 0, first.rings)
