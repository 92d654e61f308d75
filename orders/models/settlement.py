"""Money received and given back, and what was owed before we counted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers.lookup import reports_client
from customers.models import Counterparty
from orders.lookup import settles_paid
from orders.models.document import MONEY, Document


@keeps_history(exclude=("source", "source_id"))
class Payment(Sourced):
    """Оплата of a document, or an advance when there is none. A refund goes `out`."""

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        CARD = "card", _("card")
        SBP = "sbp", _("SBP")
        BANK = "bank", _("bank transfer")

    class Direction(models.TextChoices):
        IN = "in", _("received")
        OUT = "out", _("refunded")

    class State(models.TextChoices):
        POSTED = "posted", _("Posted")
        CANCELLED = "cancelled", _("Cancelled")

    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("document"),
    )
    counterparty = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("payer"),
    )
    date = models.DateField(_("date"))
    amount = models.DecimalField(_("amount"), **MONEY)
    method = models.CharField(_("method"), max_length=4, choices=Method, default=Method.CASH)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction, default=Direction.IN
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.POSTED)
    receipt_number = models.CharField(_("receipt number"), max_length=60, blank=True)
    author = a_user(_("author"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        permissions = [("refund_payment", _("Can give money back"))]
        constraints = [
            once_per_source("payment"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
        ]
        triggers = [
            *settles_paid(),
            *reports_client(
                "counterparty_id", watch=("document_id", "amount", "direction", "state")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.amount}"


@keeps_history()
class OpeningBalance(models.Model):
    """Входящее сальдо: what a client owed when we began, or, below zero, had paid in advance.

    No document stands behind it, so payments that name no document are what settles it.
    """

    counterparty = models.OneToOneField(
        Counterparty, models.PROTECT, related_name="opening_balance", verbose_name=_("client")
    )
    amount = models.DecimalField(
        _("amount"),
        help_text=_("Above zero the client owes, below zero it is an advance."),
        **MONEY,
    )

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        triggers = reports_client("counterparty_id", watch=("amount",))

    def __str__(self) -> str:
        return f"{self.counterparty}: {self.amount}"
