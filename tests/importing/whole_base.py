"""Everything that people enter, told without the keys that a base gives by itself."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

APPS = ("armclients", "customers", "vehicles", "orders")

# What no file carries, and why not. A new table or field has to be carried, or explained here.
STAYS: dict[str, str] = {
    # Tables
    "armclients.SearchCard": "derived from the other rows",
    "armclients.NameWord": "derived from the other rows",
    "armclients.CallTarget": "derived from the other rows, each morning",
    "armclients.SearchLayout": "how somebody likes the screen of this base",
    "armclients.SavedSearch": "how somebody likes the screen of this base",
    "armclients.ImportRun": "what was uploaded, and what became of it, is of this base",
    "armclients.JumpLink": "exported and imported in the administration",
    "customers.CustomerMerge": "a log: which cards were made one, here",
    "customers.ContactResult": "exported and imported in the administration",
    "customers.Call": "a log: what the PBX of this base said",
    "customers.MessageTemplate": "exported and imported in the administration",
    "customers.OutgoingMessage": "sent from here; its words are in the event",
    "customers.AccessLogEntry": "a log: who looked at whom, here",
    "vehicles.TireCounter": "goes on after the highest number",
    "vehicles.TireCount": "what was counted here, and when",
    "vehicles.TireScan": "what was counted here, and when",
    "vehicles.ServiceInterval": "exported and imported in the administration",
    "orders.Visit": "what was seen at the car, and signed here",
    "orders.Damage": "what was seen at the car, and signed here",
    "orders.WorkingHours": "a calendar of this base, kept in the administration",
    "orders.DayOff": "a calendar of this base, kept in the administration",
    "orders.EstimateAnswer": "a log: what the client answered, here",
    "orders.LineAnswer": "a log: what the client answered, here",
    "orders.Estimate.version": "the base says which came before",
    "orders.Defect": "with its photographs in the backup, which is no file of tables",
    "orders.DefectPhoto": "in the backup",
    "orders.VisitPhoto": "in the backup",
    "vehicles.TirePhoto": "in the backup",
    "orders.Approval": "a log: what the client agreed to, here",
    "orders.OwnMaterial": "on the printed work order; it belongs to the client",
    "orders.Organisation": "our own; entered in the administration",
    "orders.TaxRegime": "our own; entered in the administration",
    "orders.Contract": "paper of this base; entered in the administration",
    "orders.Representative": "paper of this base; entered in the administration",
    "orders.PrintedForm": "what was signed here, with a file of its own; backups keep both",
    "orders.StateChange": "a log: the files bring the state, not how it came about",
    "orders.StockMovement": "a log: the files bring the stock, not how it came about",
    "orders.MarkingCode": "of the very piece that was sold here; the state's system keeps it",
    "orders.DocumentCounter": "goes on after the highest number",
    "orders.DiscountLimit": "comes with the product; changed in the administration",
    "orders.WorkOrder.dispatcher": "agreed with a client here, in no file",
    "orders.WorkOrder.original": "agreed with a client here, in no file",
    "orders.WorkOrder.extra_work_policy": "agreed with a client here, in no file",
    "orders.WorkOrder.extra_work_limit": "agreed with a client here, in no file",
    "orders.WorkOrder.started_at": "follows the states",
    "orders.WorkOrder.completed_at": "follows the states",
    "orders.WorkOrder.handed_over_at": "agreed with a client here, in no file",
    "orders.WorkOrder.handed_over_to": "agreed with a client here, in no file",
    "orders.VatRate": "comes with the product; exported and imported in the administration",
    # Fields
    "armclients.User.password": "secret: it is given anew",
    "armclients.User.last_login": "a log",
    "armclients.User.date_joined": "when the log-in was made, here",
    "armclients.User.is_staff": "follows the role",
    "armclients.User.is_superuser": "a file makes nobody almighty",
    "armclients.User.user_permissions": "single rights are given in the administration",
    "orders.PartLine.issued": "derived from the movements of this base",
    "orders.Part.is_marked": "exported and imported in the administration",
    "orders.Document.contract": "contracts stay",
    "orders.Document.representative": "representatives stay",
    "orders.Branch.organisation": "entered in the administration, with what the branch prints",
    "orders.Branch.address": "entered in the administration, with what the branch prints",
    "orders.Branch.phone": "entered in the administration, with what the branch prints",
    "orders.Branch.warranty_terms": "entered in the administration, with what the branch prints",
    "orders.Branch.print_text": "entered in the administration, with what the branch prints",
    "orders.Branch.logo": "entered in the administration, with what the branch prints",
    "orders.Supplier": "exported and imported in the administration",
    "orders.SupplierOffer": "a supplier's price list: it is read anew",
    "orders.LostDemand": "a log: what this shop was asked for and did not sell",
    "orders.Cart.document": "the files bring the document, not the cart that became it",
    "orders.Selection.former": "the prices before stand in its lines",
    "orders.CartLine.discount_source": "the files bring the discount, not who gave it and why",
    "orders.CartLine.discount_by": "the files bring the discount, not who gave it and why",
    "orders.SelectionLine.discount_source": "the files bring the discount, not who gave it",
    "orders.SelectionLine.discount_by": "the files bring the discount, not who gave it",
    "orders.WorkLine.discount_source": "the files bring the discount, not who gave it and why",
    "orders.WorkLine.discount_by": "the files bring the discount, not who gave it and why",
    "orders.PartLine.discount_source": "the files bring the discount, not who gave it and why",
    "orders.PartLine.discount_by": "the files bring the discount, not who gave it and why",
    "customers.Counterparty.anonymised_at": "a log: there is nothing to find again",
    "customers.PriceType.currency": "exported and imported in the administration",
}

# What another row calls a row that has no name from a source.
NAMED = {
    "armclients.User": ("username",),
    "auth.Group": ("name",),
    "customers.PriceType": ("scope", "name"),
    "vehicles.Make": ("name",),
    "vehicles.VehicleModel": ("make", "name"),
    "vehicles.TireStore": ("name",),
    "vehicles.StorageCell": ("code",),
    "orders.RepairKind": ("name",),
    "orders.WorkPackage": ("name",),
    "orders.Warehouse": ("name",),
    "orders.Bay": ("branch", "name"),
    "orders.Stock": ("part", "warehouse"),
    "orders.PartLine": ("document", "position"),
}
SOURCED = ("source", "source_id")
SHOWN = 3


def tables() -> Iterator[type[Model]]:
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            is_history = hasattr(model, "pgh_tracked_model")
            if not is_history and model._meta.label not in STAYS:
                yield model


def carried(model: type[Model]) -> list[Field]:
    """The fields to be compared: all but the key and what stays."""
    fields = (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)
    return [
        field
        for field in fields
        if f"{model._meta.label}.{field.name}" not in STAYS
        and (not field.primary_key or field.is_relation)
    ]


class Base:
    """The base as it stands: `rows` by table, each row a mapping without keys."""

    def __init__(self) -> None:
        self._read: dict[type[Model], dict[Any, Model]] = {}
        self.rows = {
            model._meta.label: sorted(
                (
                    {field.name: self._value(row, field) for field in carried(model)}
                    for row in self._rows(model).values()
                ),
                key=repr,
            )
            for model in tables()
        }

    def _rows(self, model: type[Model]) -> dict[Any, Model]:
        if model not in self._read:
            self._read[model] = {row.pk: row for row in model._default_manager.all()}
        return self._read[model]

    def _value(self, row: Model, field: Field) -> Any:
        if field.many_to_many:
            others = getattr(row, field.name).all()
            return sorted(self._name(field.related_model, other.pk) for other in others)
        value = getattr(row, field.attname)
        if isinstance(field, ForeignKey) and value is not None:
            return self._name(field.related_model, value)
        return value

    def _name(self, model: type[Model], key: Any) -> tuple:
        row = self._rows(model)[key]
        names = NAMED.get(model._meta.label, SOURCED)
        return tuple(self._value(row, model._meta.get_field(name)) for name in names)

    def unfilled(self) -> list[str]:
        """Fields that hold nothing, or the same as everywhere, in every row."""
        empty = (None, "", 0, [], False)
        return [
            f"{label}.{name}"
            for label, rows in self.rows.items()
            for name in (rows[0] if rows else {"(no rows)": None})
            if all(row.get(name) in empty for row in rows)
        ]

    def differences(self, other: "Base") -> list[str]:
        """The first rows that only one of the two has."""
        return [
            f"{label}: {side} {row}"
            for label, rows in self.rows.items()
            if rows != other.rows[label]
            for side, ours, theirs in (("-", self, other), ("+", other, self))
            for row in only_in(ours.rows[label], theirs.rows[label])[:SHOWN]
        ]


def only_in(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[str]:
    """As many times as ours has it more often."""
    return sorted((Counter(map(repr, ours)) - Counter(map(repr, theirs))).elements())
