"""Parts, what lies in the warehouses, and for whom it is held."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import (
    FoundThrough,
    ReadOnly,
    RecordAdmin,
    Rows,
)
from armclients.kit.dictionaries.admin import Exchanged
from orders.admin.documents import OfDocument
from orders.models import (
    Document,
    MarkingCode,
    Part,
    PartPrice,
    Reserve,
    Stock,
    StockMovement,
    Warehouse,
)


@admin.register(Warehouse)
class WarehouseAdmin(Exchanged, RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)


def parts(typed: str) -> QuerySet[Part]:
    """By the whole article, in upper or lower case."""
    return Part.objects.filter(article__iexact=typed)


class OfPart(FoundThrough):
    """Found by the article of its part."""

    belongs_to = "part"
    find = staticmethod(parts)
    search_help_text = _("The whole article, in upper or lower case.")


class Prices(Rows):
    model = PartPrice


@admin.register(Part)
class PartAdmin(Exchanged, OfPart):
    exchanged = ("article", "manufacturer", "name", "unit", "price", "is_marked")
    natural_key = ("article", "manufacturer")
    belongs_to = "pk"
    list_display = ("article", "manufacturer", "name", "unit", "price")
    readonly_fields = ("source", "source_id")
    inlines = (Prices,)

    def get_exclude(self, request: HttpRequest, obj: Part | None = None) -> list[str]:
        """Whoever may not see it does not change it either."""
        hidden = list(super().get_exclude(request, obj) or ())
        return hidden if request.user.has_perm("orders.view_cost") else [*hidden, "cost"]


@admin.register(Stock)
class StockAdmin(OfPart):
    list_display = ("part", "warehouse", "quantity", "reserved")
    list_filter = ("warehouse",)
    list_select_related = ("part", "warehouse")
    autocomplete_fields = ("part", "warehouse")
    readonly_fields = ("reserved",)


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnly, OfPart):
    """What moved is looked at, and never changed."""

    belongs_to = "stock__part"
    list_display = ("at", "kind", "stock", "quantity", "balance", "document", "paper", "by", "why")
    list_filter = ("kind", "stock__warehouse")
    list_select_related = ("stock__part", "stock__warehouse", "document", "by")
    ordering = ("-pk",)


@admin.register(MarkingCode)
class MarkingCodeAdmin(OfDocument):
    belongs_to = "line__document"
    list_display = ("code", "line")
    list_select_related = ("line__part",)
    autocomplete_fields = ("line",)


@admin.register(Reserve)
class ReserveAdmin(OfDocument):
    belongs_to = "line__document"
    list_display = ("document", "part", "warehouse", "quantity")
    list_select_related = ("line__document", "line__part", "stock__part", "stock__warehouse")
    autocomplete_fields = ("line", "stock")

    @admin.display(description=_("document"))
    def document(self, reserve: Reserve) -> Document:
        return reserve.line.document

    @admin.display(description=_("part"))
    def part(self, reserve: Reserve) -> Part:
        return reserve.line.part

    @admin.display(description=_("warehouse"))
    def warehouse(self, reserve: Reserve) -> Warehouse:
        return reserve.stock.warehouse
