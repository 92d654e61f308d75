"""The administration of the roof: people, jump links, imports, and the search rows."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from armclients.admin import imports, jump_links, people, search_cards
from armclients.admin.people import ROLES

__all__ = ["ROLES", "imports", "jump_links", "people", "search_cards"]

admin.site.site_header = _("Workstation administration")
admin.site.site_title = _("Workstation administration")
admin.site.index_title = _("Records and dictionaries")
