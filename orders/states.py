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
