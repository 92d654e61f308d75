"""The call list, as the background worker made it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import ReadOnly, explain
from armclients.models import CallTarget
from customers.admin import OfClient

explain({"calltarget_once": _("The client is on the list with this vehicle already.")})


@admin.register(CallTarget)
class CallTargetAdmin(ReadOnly, OfClient):
    belongs_to = "customer"
    list_display = ("customer", "vehicle", "why", "due_on", "may_advertise", "rests_until")
    list_filter = ("why", "may_advertise")
    list_select_related = ("customer", "vehicle__model__make")
