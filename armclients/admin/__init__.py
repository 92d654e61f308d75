"""The administration of the roof: people, jump links, imports, and the search rows."""

from axes import admin as of_axes
from axes import models as axes
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import admin as of_procrastinate
from procrastinate.contrib.django.models import ProcrastinateJob

from armclients.admin import call_list, imports, jump_links, people, search_cards, searches

__all__ = ["call_list", "imports", "jump_links", "people", "search_cards", "searches"]

# Their packages register them, in English and for programmers.
for package, record in (
    *((of_axes, record) for record in (axes.AccessAttempt, axes.AccessFailureLog, axes.AccessLog)),
    (of_procrastinate, ProcrastinateJob),
):
    package.admin.site.unregister(record)

admin.site.site_header = _("Workstation administration")
admin.site.site_title = _("Workstation administration")
admin.site.index_title = _("Records and dictionaries")
