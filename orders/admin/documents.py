"""Documents of every kind, their lines, payments, slots and states."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Field, Q, QuerySet
from django.forms import ModelForm, TypedChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.kit.admin import (
    FoundThrough,
    ReadOnly,
    Rows,
    TruthfulForm,
    link,
)
from customers.admin import OfClient
from orders import states
from orders.actions import numbering
from orders.models import (
    Branch,
    CustomerOrder,
    Damage,
    Document,
    Estimate,
    Invoice,
    OpeningBalance,
    PartLine,
    Payment,
    RepairRequest,
    Sale,
    Slot,
    StateChange,
    Visit,
    WorkLine,
    WorkOrder,
)


def documents(typed: str) -> QuerySet[Document]:
    """By number or its beginning; digits alone are completed as the branches number."""
    number = typed.upper()
    wanted = Q(number__startswith=number)
    if number.isdecimal():
        prefixes = Branch.objects.values_list("prefix", flat=True)
        wanted |= Q(number__in={f"{prefix}{number:0>{numbering.DIGITS}}" for prefix in prefixes})
    return Document.objects.filter(wanted)


class Undeletable(BaseModelAdmin):
    """Deleting is cancelling: a number that was given, and money that was paid, stay."""

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class OfDocument(FoundThrough):
    """Found by the number of the document whose row it is."""

    belongs_to = "document"
    find = staticmethod(documents)


# Documents

# A generated column: left alone, Django would look through the whole table for its values.
OPEN = ("is_open", admin.BooleanFieldListFilter)


class Unfinished(admin.SimpleListFilter):
    """By state, of documents that somebody still works on: those have a small index of their own.

    Finished ones are most of a large table, and are found by number or client.
    """

    title = _("unfinished")
    parameter_name = "state"

    def __init__(self, request: HttpRequest, params: Any, model: Any, shown_by: Any) -> None:
        self.kind = shown_by.kind
        super().__init__(request, params, model, shown_by)

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        labels = states.OF_KIND[self.kind]
        return [(state, labels[state]) for state in states.UNFINISHED.get(self.kind, ())]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(kind=self.kind, is_open=True, state=self.value())


class Works(Rows):
    model = WorkLine
    fields = (
        "position",
        "code",
        "name",
        "norm_hours",
        "quantity",
        "price",
        "discount_percent",
        "vat_percent",
        "performer",
    )
    autocomplete_fields = ("performer",)


class Goods(Rows):
    model = PartLine
    fields = (
        "position",
        "part",
        "quantity",
        "price",
        "discount_percent",
        "vat_percent",
        "warehouse",
    )
    autocomplete_fields = ("part",)


class Slots(Rows):
    model = Slot
    autocomplete_fields = ("bay", "master")


class Payments(Undeletable, Rows):
    model = Payment
    autocomplete_fields = ("counterparty", "author")


class StateLog(ReadOnly, Rows):
    model = StateChange
    fields = readonly_fields = ("at", "from_state", "to_state", "by", "why", "from_goods")
    ordering = ("at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StateChange]:
        return super().get_queryset(request).select_related("by")


class DocumentForm(TruthfulForm):
    """An empty number is drawn from the branch's counter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "number" in self.fields and self.instance._state.adding:
            self.fields["number"].required = False


class DocumentOfKindAdmin(Undeletable, OfDocument):
    """A kind of document: changes of its state are logged by the database, whoever makes them."""

    kind: str
    form = DocumentForm
    belongs_to = "pk"
    list_display: tuple[str, ...] = (
        "number",
        "date",
        "branch",
        "counterparty",
        "vehicle",
        "state",
        "total",
        "paid",
    )
    list_filter: ClassVar[tuple[Any, ...]] = (Unfinished, "branch")
    list_select_related = ("branch", "counterparty", "vehicle__model__make")
    autocomplete_fields: ClassVar[tuple[str, ...]] = (
        "branch",
        "counterparty",
        "payer",
        "vehicle",
        "base",
        "author",
        "manager",
    )

    def get_readonly_fields(
        self, _request: HttpRequest, document: Document | None = None
    ) -> tuple[str, ...]:
        """What the database derives; the total too as soon as there are lines to add up."""
        derived = ("paid", "due", "created_at", "source", "source_id")
        has_lines = document and (document.works.exists() or document.goods.exists())
        return ("total", *derived) if has_lines else derived

    def formfield_for_choice_field(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> TypedChoiceField | None:
        if db_field.name == "state":
            kwargs["choices"] = list(states.OF_KIND[self.kind].items())
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        today = clock.today()
        given = super().get_changeform_initial_data(request)
        return {"author": request.user.pk, "date": today} | given

    def save_model(self, request: HttpRequest, obj: Document, form: ModelForm, change: Any) -> None:
        if not change:
            obj.kind = self.kind
            obj.number = obj.number or numbering.draw(
                branch=obj.branch, kind=obj.kind, date=obj.date
            )
        super().save_model(request, obj, form, change)


@admin.register(RepairRequest)
class RepairRequestAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.REPAIR_REQUEST
    list_display = (
        "number",
        "date",
        "operation",
        "branch",
        "counterparty",
        "customer_text",
        "state",
    )
    list_filter = ("operation", *DocumentOfKindAdmin.list_filter)
    inlines = (Slots, Works, Goods, Payments, StateLog)


@admin.register(CustomerOrder)
class CustomerOrderAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.CUSTOMER_ORDER
    inlines = (Goods, Works, Payments, StateLog)


@admin.register(WorkOrder)
class WorkOrderAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.WORK_ORDER
    autocomplete_fields = (
        *DocumentOfKindAdmin.autocomplete_fields,
        "master",
        "dispatcher",
        "original",
    )
    inlines = (Works, Goods, Payments, StateLog)


class Damages(Rows):
    model = Damage


@admin.register(Visit)
class VisitAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.VISIT
    inlines = (Damages, StateLog)


@admin.register(Estimate)
class EstimateAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.ESTIMATE
    inlines = (Works, Goods, StateLog)


@admin.register(Sale)
class SaleAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.SALE
    inlines = (Goods, Works, Payments, StateLog)


@admin.register(Invoice)
class InvoiceAdmin(DocumentOfKindAdmin):
    kind = Document.Kind.INVOICE
    inlines = (Works, Goods, StateLog)


@admin.register(Document)
class DocumentAdmin(ReadOnly, OfDocument):
    """All kinds in one list; each is edited as what it is."""

    belongs_to = "pk"
    list_display = (
        "operation",
        "date",
        "branch",
        "counterparty",
        "vehicle",
        "state",
        "total",
        "due",
    )
    list_display_links = None
    list_filter = (OPEN, "branch")
    list_select_related = ("branch", "counterparty", "vehicle__model__make")
    readonly_fields = ("kind", "paid", "due", "created_at", "source", "source_id")

    @admin.display(description=_("document"))
    def operation(self, document: Document) -> str:
        page = f"admin:orders_{document.kind.replace('_', '')}_change"
        return link(
            reverse(page, args=[document.pk]), f"{document.get_kind_display()} {document.number}"
        )


@admin.register(WorkLine)
class WorkLineAdmin(OfDocument):
    list_display = ("document", "name", "quantity", "price", "amount", "performer")
    list_select_related = ("document", "performer")
    autocomplete_fields = ("document", "performer", "discount_by", "tire_set")
    readonly_fields = ("amount", "vat_amount")


@admin.register(PartLine)
class PartLineAdmin(OfDocument):
    list_display = ("document", "part", "quantity", "issued", "price", "amount", "warehouse")
    list_select_related = ("document", "part", "warehouse")
    autocomplete_fields = ("document", "part", "warehouse", "discount_by")
    readonly_fields = ("issued", "amount", "vat_amount")


@admin.register(StateChange)
class StateChangeAdmin(ReadOnly, OfDocument):
    list_display = ("at", "document", "from_state", "to_state", "by", "why")
    list_select_related = ("document", "by")


@admin.register(Payment)
class PaymentAdmin(Undeletable, OfDocument):
    list_display = ("date", "amount", "direction", "method", "state", "document", "counterparty")
    list_filter = ("state", "direction", "method")
    list_select_related = ("document", "counterparty")
    autocomplete_fields = ("document", "counterparty", "author")
    readonly_fields = ("source", "source_id")


@admin.register(OpeningBalance)
class OpeningBalanceAdmin(OfClient):
    list_display = ("counterparty", "amount")
    list_select_related = ("counterparty",)
    autocomplete_fields = ("counterparty",)


@admin.register(Slot)
class SlotAdmin(OfDocument):
    belongs_to = "request"
    list_display = ("start_at", "end_at", "bay", "master", "request", "is_held")
    list_filter = ("bay__branch", "is_held")
    list_select_related = ("bay", "master", "request")
    autocomplete_fields = ("request", "bay", "master")
    readonly_fields = ("is_held",)
    ordering = ("-start_at", "-pk")


@admin.register(Damage)
class DamageAdmin(OfDocument):
    belongs_to = "visit"
    list_display = ("visit", "kind", "note", "x", "y")
    list_select_related = ("visit",)
    autocomplete_fields = ("visit",)
    ordering = ("-pk",)
