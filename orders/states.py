"""The states of every document, and the groups that the rest of the house names.

The order of each dictionary is the order of lists and boards [seed, field].
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REPAIR_REQUEST = {
    "": _("no state"),
    "new": pgettext_lazy("repair request", "New"),
    "confirmed": pgettext_lazy("repair request", "Confirmed"),
    "arrived": pgettext_lazy("repair request", "Arrived"),
    "no_show": _("No-show"),
    "cancelled": pgettext_lazy("repair request", "Cancelled"),
}

CUSTOMER_ORDER = {
    "new": _("New"),
    "approved": _("Approved"),
    "in_supply": _("In supply"),
    "arrived": _("Arrived"),
    "issued": _("Issued"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
}

WORK_ORDER = {
    "request": _("Request"),
    "reserved": _("Reserved"),
    "in_progress": _("In progress"),
    "approval": _("Approval"),
    "waiting": _("Waiting"),
    "parked": _("Parked"),
    "completed": _("Completed"),
    "closed": _("Closed"),
    "refused": _("Refused"),
}

OF_KIND = {
    "repair_request": REPAIR_REQUEST,
    "customer_order": CUSTOMER_ORDER,
    "work_order": WORK_ORDER,
}
LABELS = REPAIR_REQUEST | CUSTOMER_ORDER | WORK_ORDER


def label(kind: str, state: str) -> str:
    """The state in words, in the gender of its kind."""
    return str(OF_KIND[kind].get(state, state))


# A plan without a state is a wish; an arrived request lives on as a work order.
UNFINISHED = {
    "repair_request": ("new", "confirmed"),
    "customer_order": ("new", "approved", "in_supply", "arrived", "issued"),
    "work_order": tuple(state for state in WORK_ORDER if state not in {"closed", "refused"}),
}

# Neither holds a bay, nor counts in a vehicle's works and goods.
VOID = ("cancelled", "no_show", "refused")

# A reserve is possible only while the goods are still to be handed over.
RESERVABLE = {
    "customer_order": ("new", "approved", "in_supply", "arrived"),
    "work_order": UNFINISHED["work_order"],
}

# The work is done or the goods are out: what is unpaid is owed.
RECEIVABLE = ("completed", "issued", "closed")

# Who may change which state into which: from, to, and the permission it takes. What else must hold
# stands in orders/actions/states.py.

BOOK = "orders.advance_repairrequest"
SUPPLY = "orders.advance_customerorder"
WORK = "orders.advance_workorder"
CLOSE = "orders.close_workorder"
REOPEN = "orders.reopen_workorder"

CHANGES = {
    "repair_request": {
        "new": {"confirmed": BOOK, "arrived": BOOK, "no_show": BOOK, "cancelled": BOOK},
        "confirmed": {"new": BOOK, "arrived": BOOK, "no_show": BOOK, "cancelled": BOOK},
        "arrived": {"confirmed": BOOK},
        "no_show": {"new": BOOK, "arrived": BOOK},
        "cancelled": {"new": BOOK},
    },
    # What lies between approval and hand-over follows from the goods themselves.
    "customer_order": {
        "new": {"approved": SUPPLY, "cancelled": SUPPLY},
        "approved": {"cancelled": SUPPLY},
        "in_supply": {"cancelled": SUPPLY},
        "arrived": {"cancelled": SUPPLY},
        "issued": {"closed": SUPPLY},
    },
    "work_order": {
        "request": {"reserved": WORK, "in_progress": WORK, "waiting": WORK, "refused": WORK},
        "reserved": {"request": WORK, "in_progress": WORK, "refused": WORK},
        "in_progress": {"approval": WORK, "waiting": WORK, "parked": WORK, "completed": WORK},
        "approval": {"in_progress": WORK, "waiting": WORK, "parked": WORK, "refused": WORK},
        "waiting": {"in_progress": WORK, "approval": WORK, "parked": WORK, "refused": WORK},
        "parked": {"in_progress": WORK, "approval": WORK, "waiting": WORK, "refused": WORK},
        "completed": {"in_progress": WORK, "closed": CLOSE},
        "closed": {"completed": REOPEN},
        "refused": {"request": REOPEN},
    },
}

# What was settled is unsettled only with a word about it.
WITH_A_REASON = (("closed", "completed"),)
