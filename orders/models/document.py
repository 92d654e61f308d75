"""The header that all documents share, their lines and the log of their states."""

import datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import ExtractYear, Greatest, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced
from armclients.kit.users import a_user
from customers.lookup import reports_to_search
from customers.models import Counterparty
from orders import states
from orders.lookup import (
    CLIENT_AND_PAYER,
    SEARCHED_BY,
    dates_work,
    keeps_state_log,
)
from orders.models.branch import Branch
from orders.models.organisation import Contract, Organisation, Representative
from vehicles.models import Vehicle, VehiclePlate

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class DocumentQuerySet(models.QuerySet["Document"]):
    def open(self) -> "DocumentQuerySet":
        """Unfinished by the rule of their kind."""
        return self.filter(is_open=True)

    def receivable(self) -> "DocumentQuerySet":
        """Work done or goods handed over: what is unpaid of them is owed today."""
        kind, state = states.OVER_THE_COUNTER
        return self.filter(Q(state__in=states.RECEIVABLE) | Q(kind=kind, state=state, base=None))

    def with_works_done(self) -> "DocumentQuerySet":
        """With the names of the first two works: «что делали»."""
        works = apps.get_model("orders.WorkLine").objects.filter(document=OuterRef("pk"))
        first = works.order_by("position", "pk").values("name")[:2]
        return self.annotate(works_done=ArraySubquery(first))

    def for_lists(self) -> "DocumentQuerySet":
        """With what every list of documents shows: the vehicle, its plate, facts of the kind."""
        plate = VehiclePlate.objects.filter(vehicle=OuterRef("vehicle"), until=None)
        slot = apps.get_model("orders.Slot").objects.filter(request=OuterRef("pk"))
        return self.select_related(
            "branch",
            "vehicle__model__make",
            "workorder__master",
            "workorder__repair_kind",
            "repairrequest__repair_kind",
            "customerorder",
            "manager",
        ).annotate(
            plate=Subquery(plate.values("number")[:1]),
            slot_at=Subquery(slot.order_by("start_at").values("start_at")[:1]),
        )


def state_of_its_kind() -> Q:
    allowed = Q(pk=None)
    for kind, known in states.OF_KIND.items():
        allowed |= Q(kind=kind, state__in=known)
    return allowed


def is_open() -> Case:
    return Case(
        *(
            When(kind=kind, state__in=unfinished, then=Value(True))
            for kind, unfinished in states.UNFINISHED.items()
        ),
        default=Value(False),
    )


@keeps_history(exclude=("source", "source_id", "year", "is_open", "due"))
class Document(Sourced):
    """A repair request, an order, a work order, a sale and their papers: what they all have.

    `total` and `paid` follow the lines and the payments by trigger; `due` and `is_open` are
    generated, so that debt and «unfinished» are computed in one place.
    """

    class Kind(models.TextChoices):
        REPAIR_REQUEST = "repair_request", _("Repair request")
        VISIT = "visit", _("Check-in")
        ESTIMATE = "estimate", _("Estimate")
        CUSTOMER_ORDER = "customer_order", _("Customer order")
        WORK_ORDER = "work_order", _("Work order")
        SALE = "sale", _("Sale")
        INVOICE = "invoice", _("Invoice")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, editable=False)
    number = models.CharField(_("number"), max_length=30)
    date = models.DateField(_("date"))
    year = models.GeneratedField(
        expression=ExtractYear("date"), output_field=models.SmallIntegerField(), db_persist=True
    )
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        db_index=False,
        related_name="documents",
        verbose_name=_("branch"),
    )
    counterparty = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="documents",
        verbose_name=_("customer"),
    )
    payer = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payable_documents",
        verbose_name=_("payer"),
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="documents",
        verbose_name=_("vehicle"),
    )
    base = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="followers",
        verbose_name=_("base document"),
    )
    contract = models.ForeignKey(
        Contract,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="documents",
        verbose_name=_("contract"),
    )
    representative = models.ForeignKey(
        Representative,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="documents",
        verbose_name=_("representative"),
    )
    author = a_user(_("author"), related_name="entered_documents")
    manager = a_user(_("manager"), related_name="documents")
    state = models.CharField(
        _("state"), max_length=12, choices=states.LABELS, blank=True, default=""
    )
    comment = models.TextField(_("comment"), blank=True)
    total = models.DecimalField(_("total"), default=0, **MONEY)
    paid = models.DecimalField(_("paid"), default=0, editable=False, **MONEY)
    due = models.GeneratedField(
        expression=Greatest(F("total") - F("paid"), Value(0)),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("to pay"),
    )
    is_open = models.GeneratedField(
        expression=is_open(),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("unfinished"),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "source_id"], name="document_source_once"
            ),
            models.UniqueConstraint(
                fields=["branch", "kind", "year", "number"], name="document_number_once"
            ),
            models.CheckConstraint(
                condition=state_of_its_kind(), name="document_state_of_its_kind"
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="document_total_not_negative"),
        ]
        indexes = [
            # Documents of a client, newest first; the flags of the search row.
            models.Index(fields=["counterparty", "-date", "-id"], name="document_of_client_idx"),
            # History of a vehicle, newest first.
            models.Index(fields=["vehicle", "-date", "-id"], name="document_of_vehicle_idx"),
            # «Незавершённое» and the tab's count.
            models.Index(
                fields=["counterparty"], condition=Q(is_open=True), name="document_open_idx"
            ),
            # The administration's lists of unfinished documents, newest first.
            models.Index(
                fields=["kind", "state", "id"],
                condition=Q(is_open=True),
                name="document_open_by_state_idx",
            ),
            # Debt on open work orders counts for the payer.
            models.Index(
                fields=["payer"],
                condition=Q(kind="work_order", is_open=True),
                name="document_open_of_payer_idx",
            ),
            # Look-up by number or its beginning.
            models.Index(
                fields=["number"],
                name="document_number_idx",
                opclasses=["varchar_pattern_ops"],
            ),
            # What is owed under a contract, when another document of it is closed.
            models.Index(
                fields=["contract"],
                condition=Q(contract__isnull=False),
                name="document_of_contract_idx",
            ),
            # What was made from a document.
            models.Index(
                fields=["base"], condition=Q(base__isnull=False), name="document_of_base_idx"
            ),
            # Bookings of people without a client's card.
            models.Index(
                fields=["date"],
                condition=Q(kind="repair_request", counterparty=None),
                name="document_cardless_idx",
            ),
        ]
        permissions = [
            ("advance_repairrequest", _("Can change the state of repair requests")),
            ("advance_customerorder", _("Can change the state of customer orders")),
            ("advance_workorder", _("Can change the state of work orders")),
            ("advance_estimate", _("Can change the state of estimates")),
            ("advance_sale", _("Can change the state of sales")),
            ("advance_invoice", _("Can change the state of invoices")),
            ("advance_visit", _("Can check cars out")),
            ("cancel_posted", _("Can cancel posted sales")),
            ("close_workorder", _("Can close work orders")),
            ("close_unpaid_workorder", _("Can close work orders that are not paid")),
            ("reopen_workorder", _("Can reopen closed and refused work orders")),
            ("reassign_document", _("Can give documents another client or vehicle")),
        ]
        triggers = [
            keeps_state_log(),
            dates_work(),
            *reports_to_search(CLIENT_AND_PAYER, watch=SEARCHED_BY),
        ]

    def __str__(self) -> str:
        return self.number

    # One row's own facts, for documents read with `for_lists()`.

    @property
    def own(self) -> Any:
        """The child row: what only its kind has. Of a check-in lists show nothing more."""
        if self.kind == self.Kind.VISIT:
            return None
        child = self.kind.replace("_", "")
        return getattr(self, child, None)

    @property
    def operation(self) -> str:
        """What lists call it: «Заказ-наряд», «Заявка на ремонт», «План ремонта»."""
        if self.kind == self.Kind.REPAIR_REQUEST and self.own:
            return self.own.get_operation_display()
        return self.get_kind_display()

    @property
    def title(self) -> str:
        """«Заказ-наряд ЦОА0000001»."""
        return f"{self.operation} {self.number}"

    @property
    def is_about_goods(self) -> bool:
        """Whether its goods come before its works."""
        return self.kind in states.ABOUT_GOODS

    @property
    def organisation(self) -> Organisation | None:
        """In whose name it is: that of its contract, or else of its branch."""
        return self.contract.organisation if self.contract else self.branch.organisation

    @property
    def is_settled(self) -> bool:
        """Whether its lines and facts stand as they are, whoever would like to change them."""
        return self.state in states.SETTLED

    @property
    def state_label(self) -> str:
        """In the gender of its kind: a request is «Новая», an order «Новый»."""
        return states.label(self.kind, self.state)

    @property
    def screen_url(self) -> str:
        """The workstation with this document's customer."""
        customer = self.counterparty_id
        return f"/?customer={customer}&tab=documents#document-{self.pk}" if customer else "/"

    @property
    def url(self) -> str:
        """Its own page."""
        return reverse("orders_document:page", args=[self.pk])

    @property
    def repair_kind_name(self) -> str:
        kind = getattr(self.own, "repair_kind", None)
        return kind.name if kind else ""

    @property
    def master_name(self) -> str:
        master = getattr(self.own, "master", None)
        return master.short_name if master else ""

    @property
    def promised_at(self) -> datetime.datetime | None:
        """When the client was told to come: hand-over of a work order, slot of a request."""
        return getattr(self.own, "planned_handover_at", None) or getattr(self, "slot_at", None)

    @property
    def promised_on(self) -> datetime.date | None:
        """The day goods are expected, of a customer order."""
        return getattr(self.own, "expected_on", None)

    @property
    def is_late(self) -> bool:
        """The promise has passed and the work is not done."""
        waits = self.state not in {"completed", "arrived", "issued"}
        return waits and bool(
            (self.promised_at and self.promised_at < clock.now())
            or (self.promised_on and self.promised_on < clock.now().date())
        )

    @property
    def is_to_be_handed_over(self) -> bool:
        """The work is done and nobody has written down who took the vehicle."""
        is_done = self.kind == self.Kind.WORK_ORDER and self.state in {"completed", "closed"}
        return is_done and self.own.handed_over_at is None

    @property
    def was_told(self) -> bool:
        """Whether the client was told that the work is done."""
        return bool(getattr(self.own, "notified_at", None))
