"""The call list, as the background worker made it."""

from django.contrib import admin

from armclients.kit.admin import ReadOnly
from armclients.models import CallTarget
from customers.admin import OfClient


@admin.register(CallTarget)
class CallTargetAdmin(ReadOnly, OfClient):
    belongs_to = "customer"
    list_display = ("customer", "vehicle", "why", "due_on", "may_advertise", "rests_until")
    list_filter = ("why", "may_advertise")
    list_select_related = ("customer", "vehicle__model__make")
