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

ESTIMATE = {
    "draft": _("Draft"),
    "sent": pgettext_lazy("estimate", "Sent"),
    "accepted": pgettext_lazy("estimate", "Accepted"),
    "rejected": pgettext_lazy("estimate", "Rejected"),
}

SALE = {
    "draft": _("Draft"),
    "posted": pgettext_lazy("sale", "Posted"),
    "cancelled": pgettext_lazy("sale", "Cancelled"),
}

INVOICE = {
    "draft": _("Draft"),
    "posted": pgettext_lazy("invoice", "Posted"),
    "cancelled": _("Cancelled"),
}

VISIT = {
    "open": pgettext_lazy("check-in", "In the workshop"),
    "closed": pgettext_lazy("check-in", "Left"),
}

OF_KIND = {
    "repair_request": REPAIR_REQUEST,
    "visit": VISIT,
    "estimate": ESTIMATE,
    "customer_order": CUSTOMER_ORDER,
    "work_order": WORK_ORDER,
    "sale": SALE,
    "invoice": INVOICE,
}
LABELS = VISIT | SALE | INVOICE | ESTIMATE | REPAIR_REQUEST | CUSTOMER_ORDER | WORK_ORDER

# A plan may have none, and says so itself.
FIRST = {kind: next(state for state in known if state) for kind, known in OF_KIND.items()}


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
VOID = ("cancelled", "no_show", "refused", "rejected")

# What was put into a vehicle or sold for it: estimates and invoices only speak of it.
WITH_GOODS = ("work_order", "customer_order", "sale")

# Goods are what these are about: they stand first.
ABOUT_GOODS = ("customer_order", "sale")

# A reserve is possible only while the goods are still to be handed over.
RESERVABLE = {
    "customer_order": ("new", "approved", "in_supply", "arrived"),
    "work_order": UNFINISHED["work_order"],
}

# Goods are handed over when somebody has agreed to it, and from a sale over the counter.
ISSUABLE = {
    "customer_order": ("approved", "in_supply", "arrived"),
    "work_order": UNFINISHED["work_order"],
    "sale": ("draft", "posted"),
}


def hands_over(kind: str, state: str, *, is_based: bool) -> bool:
    """Whether goods are handed over for it; a sale made from an order is that order's paper."""
    return state in ISSUABLE.get(kind, ()) and not (kind == "sale" and is_based)


# The work is done or the goods are out: what is unpaid is owed. A sale from an order is its paper,
# and the order itself is owed; one over the counter stands for itself.
RECEIVABLE = ("completed", "issued", "closed")
HANDED_OVER = ("issued", "closed")
OVER_THE_COUNTER = ("sale", "posted")

# Coming into this state, a document is performed: the rates of VAT are those of that day.
PERFORMED = {"work_order": "completed", "customer_order": "issued", "sale": "posted"}

# Nothing of it may be changed any more, but for its state.
SETTLED = ("closed", "refused", "cancelled", "no_show", "issued", "posted", "accepted", "rejected")

# Nothing is taken back into the warehouse for it any more.
ENDED = ("closed", "refused", "cancelled")

# Who may change which state into which: from, to, and the permission it takes. What else must hold
# stands in orders/actions/states.py.

BOOK = "orders.advance_repairrequest"
SUPPLY = "orders.advance_customerorder"
WORK = "orders.advance_workorder"
CLOSE = "orders.close_workorder"
REOPEN = "orders.reopen_workorder"
OFFER = "orders.advance_estimate"
SELL = "orders.advance_sale"
BILL = "orders.advance_invoice"
RECEIVE = "orders.advance_visit"
CANCEL_POSTED = "orders.cancel_posted"

CHANGES = {
    "repair_request": {
        "new": {"confirmed": BOOK, "arrived": BOOK, "no_show": BOOK, "cancelled": BOOK},
        "confirmed": {"new": BOOK, "arrived": BOOK, "no_show": BOOK, "cancelled": BOOK},
        "arrived": {"confirmed": BOOK},
        "no_show": {"new": BOOK, "arrived": BOOK},
        "cancelled": {"new": BOOK},
    },
    "visit": {"open": {"closed": RECEIVE}, "closed": {"open": RECEIVE}},
    "estimate": {
        "draft": {"sent": OFFER, "accepted": OFFER, "rejected": OFFER},
        "sent": {"draft": OFFER, "accepted": OFFER, "rejected": OFFER},
        "accepted": {"draft": OFFER},
        "rejected": {"draft": OFFER},
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
    "sale": {
        "draft": {"posted": SELL, "cancelled": SELL},
        "posted": {"cancelled": CANCEL_POSTED},
    },
    "invoice": {
        "draft": {"posted": BILL, "cancelled": BILL},
        "posted": {"cancelled": BILL},
    },
}

# What was settled is unsettled only with a word about it.
WITH_A_REASON = (("closed", "completed"), ("posted", "cancelled"))
