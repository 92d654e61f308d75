"""The lines of documents: works and goods."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.kit.audit import keeps_history
from armclients.kit.users import a_user
from customers.lookup import reports_to_search
from orders import states
from orders.lookup import (
    CLIENT_OF_LINE_ITSELF,
    reserve_stays_possible,
    settles_total,
    supplies_by_line,
)
from orders.models.document import MONEY, Document
from orders.models.priced import Priced, amount
from vehicles.models import TireSet


def vat_within() -> Func:
    """The VAT an amount contains."""
    percent = Coalesce(F("vat_percent"), 0)
    return Round(amount() * percent / (100 + percent), 2)


class Line(Priced):
    """What works and goods have in common. The price includes VAT; no `vat_percent`: «без НДС»."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)
    vat_percent = models.PositiveSmallIntegerField(_("VAT, %"), null=True, blank=True)
    vat_amount = models.GeneratedField(
        expression=vat_within(),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("VAT"),
    )

    class Meta:
        abstract = True


def line_constraints(table: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(quantity__gt=0), name=f"{table}_quantity_positive"),
        models.CheckConstraint(condition=Q(price__gte=0), name=f"{table}_price_not_negative"),
        models.CheckConstraint(
            condition=Q(discount_percent__range=(0, 100)), name=f"{table}_discount_within_100"
        ),
    ]


@keeps_history(exclude=("amount", "vat_amount"))
class WorkLine(Line):
    """Работа of a document; storage of tires says of which set, and until when it pays for it."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="works", verbose_name=_("document")
    )
    labor = models.ForeignKey(
        "Labor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("labour"),
    )
    code = models.CharField(_("code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    norm_hours = models.DecimalField(
        _("norm-hours"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    performer = a_user(_("performer"), related_name="performed_works")
    tire_set = models.ForeignKey(
        TireSet,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="charges",
        verbose_name=_("tire set"),
    )
    stored_until = models.DateField(_("stored until"), null=True, blank=True)

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        constraints = line_constraints("workline")
        indexes = [
            # What was charged for the storage of a set.
            models.Index(
                fields=["tire_set"],
                condition=Q(tire_set__isnull=False),
                name="workline_tire_set_idx",
            )
        ]
        triggers = settles_total()

    def __str__(self) -> str:
        return self.name


@keeps_history(exclude=("amount", "vat_amount", "issued"))
class PartLine(Line):
    """Товар of a document: how much of it was ordered, is held, and was handed over.

    `issued` follows the movements of the stock by trigger.
    """

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="goods", verbose_name=_("document")
    )
    part = models.ForeignKey("Part", models.PROTECT, related_name="lines", verbose_name=_("part"))
    warehouse = models.ForeignKey(
        "Warehouse",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("warehouse"),
    )
    ordered = models.DecimalField(
        _("on order"), max_digits=12, decimal_places=3, default=0, db_default=0
    )
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    issued = models.DecimalField(
        _("issued"), max_digits=12, decimal_places=3, default=0, db_default=0, editable=False
    )

    class Meta:
        verbose_name = _("part of a document")
        verbose_name_plural = _("parts of documents")
        constraints = [
            *line_constraints("partline"),
            models.CheckConstraint(
                condition=Q(issued__gte=0, issued__lte=F("quantity")),
                name="partline_issued_within_quantity",
            ),
            models.CheckConstraint(
                condition=Q(ordered__gte=0), name="partline_ordered_not_negative"
            ),
        ]
        indexes = [
            # What should have come by now.
            models.Index(
                fields=["expected_on"],
                condition=Q(expected_on__isnull=False),
                name="partline_expected_idx",
            )
        ]
        triggers = [
            *settles_total(),
            *supplies_by_line(),
            reserve_stays_possible(),
            *reports_to_search(CLIENT_OF_LINE_ITSELF, watch=("document_id",)),
        ]

    def __str__(self) -> str:
        return str(self.part)

    # One row's own facts, for lines read with their `reserve`.

    @property
    def held(self) -> Decimal:
        """What is reserved for it."""
        reserve = getattr(self, "reserve", None)
        return reserve.quantity if reserve else Decimal(0)

    @property
    def to_issue(self) -> Decimal:
        """What is still to be handed over."""
        return self.quantity - self.issued

    @property
    def missing(self) -> Decimal:
        """What is neither handed over nor held."""
        return max(self.to_issue - self.held, Decimal(0))

    @property
    def is_overdue(self) -> bool:
        """It should have come by now."""
        late = self.expected_on and self.expected_on < clock.now().date()
        return bool(late and self.missing)

    @property
    def supply(self) -> str:
        """How far it has come, in a word."""
        if not self.to_issue:
            return gettext("issued")
        if self.document.state in states.ENDED:
            return ""
        if not self.missing:
            return gettext("in reserve")
        return pgettext("goods", "on order") if self.ordered else gettext("not there")

    @property
    def may_be_reserved(self) -> bool:
        document = self.document
        known = states.RESERVABLE.get(document.kind, ())
        return bool(self.missing) and document.state in known

    @property
    def may_be_released(self) -> bool:
        return bool(self.held)

    @property
    def may_be_issued(self) -> bool:
        document = self.document
        is_based = document.base_id is not None
        return bool(self.to_issue) and states.hands_over(
            document.kind, document.state, is_based=is_based
        )

    @property
    def may_come_back(self) -> bool:
        return bool(self.issued) and self.document.state not in states.ENDED
