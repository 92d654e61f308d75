"""Every change of what lies in the warehouses, and why it came."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.users import a_user
from orders.lookup import issues_lines, movement_stays, moves_stock
from orders.models.document import Document
from orders.models.line import PartLine
from orders.models.stock import QUANTITY, Stock


class StockMovement(models.Model):
    """Движение товара: its insertion changes the stock, and no stock changes without one.

    The database sees to both: a movement that the stock does not allow is refused, and a quantity
    changed by hand, by a file or by SQL leaves a movement of the kind `count`. It is never changed
    or deleted afterwards.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", pgettext_lazy("stock", "Receipt")
        ISSUE = "issue", pgettext_lazy("stock", "Issue")
        RETURN = "return", pgettext_lazy("stock", "Return")
        TRANSFER = "transfer", pgettext_lazy("stock", "Transfer")
        WRITE_OFF = "write_off", pgettext_lazy("stock", "Write-off")
        COUNT = "count", pgettext_lazy("stock", "Stock count")

    stock = models.ForeignKey(
        Stock, models.PROTECT, db_index=False, related_name="movements", verbose_name=_("stock")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    quantity = models.DecimalField(_("quantity"), **QUANTITY)
    balance = models.DecimalField(_("left in stock"), db_default=0, editable=False, **QUANTITY)
    line = models.ForeignKey(
        PartLine,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="movements",
        verbose_name=_("line"),
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="movements",
        verbose_name=_("document"),
    )
    counterpart = models.ForeignKey(
        Stock,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("the other warehouse"),
    )
    paper = models.CharField(
        _("number of the paper"), max_length=60, blank=True, default="", db_default=""
    )
    key = models.UUIDField(null=True, blank=True, editable=False)
    at = models.DateTimeField(_("at"), db_default=Now())
    by = a_user(_("by"), db_index=False)
    why = models.CharField(_("why"), max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="stockmovement_moves_something"),
            models.CheckConstraint(
                condition=Q(kind__in=["transfer", "count"])
                | Q(kind__in=["receipt", "return"], quantity__gt=0)
                | Q(kind__in=["issue", "write_off"], quantity__lt=0),
                name="stockmovement_sign_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(line=None) | Q(document__isnull=False),
                name="stockmovement_line_has_document",
            ),
            # A filled-in form that is sent twice moves once.
            models.UniqueConstraint(fields=["key", "stock"], name="stockmovement_once"),
        ]
        indexes = [
            # The movements of a stock, newest first.
            models.Index(fields=["stock", "-at", "-id"], name="stockmovement_of_stock_idx"),
            # What was issued for a line.
            models.Index(
                fields=["line"], condition=Q(line__isnull=False), name="stockmovement_of_line_idx"
            ),
            # What was issued for a document.
            models.Index(
                fields=["document"],
                condition=Q(document__isnull=False),
                name="stockmovement_of_document_idx",
            ),
        ]
        permissions = [
            ("issue_goods", _("Can issue goods and take them back")),
            ("reserve_goods", _("Can reserve and release goods")),
        ]
        triggers = [moves_stock(), movement_stays(), *issues_lines()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.quantity}"
