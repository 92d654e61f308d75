"""What a client answered to an estimate, line by line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from orders.models.approval import Approval
from orders.models.document import MONEY, Document
from orders.models.line import PartLine, WorkLine
from orders.models.papers import Estimate


class EstimateAnswer(models.Model):
    """The one answer to an estimate: when, from where, in which words. It is never changed.

    Given by the link it has an address and no author; told to an advisor, the other way round.
    """

    estimate = models.OneToOneField(
        Estimate, models.CASCADE, related_name="answer", verbose_name=_("estimate")
    )
    how = models.CharField(_("how"), max_length=6, choices=Approval.How)
    at = models.DateTimeField(_("answered at"))
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    author = a_user(_("author"))
    accepted_total = models.DecimalField(_("accepted, ₽"), default=0, **MONEY)
    # The work order that the accepted lines went into: once.
    taken_into = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_answers",
        verbose_name=_("taken into"),
    )

    class Meta:
        verbose_name = _("answer to an estimate")
        verbose_name_plural = _("answers to estimates")

    def __str__(self) -> str:
        return f"{self.estimate}: {self.accepted_total}"


class LineAnswer(models.Model):
    """Yes or no to one line, with the line as the client saw it."""

    answer = models.ForeignKey(
        EstimateAnswer,
        models.CASCADE,
        db_index=False,
        related_name="lines",
        verbose_name=_("answer"),
    )
    work = models.ForeignKey(
        WorkLine,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("work"),
    )
    part = models.ForeignKey(
        PartLine,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("part"),
    )
    name = models.CharField(_("name"), max_length=400)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    amount = models.DecimalField(_("amount"), **MONEY)
    is_accepted = models.BooleanField(_("accepted"))

    class Meta:
        verbose_name = _("answer to a line")
        verbose_name_plural = _("answers to lines")
        constraints = [
            models.UniqueConstraint(fields=["answer", "work"], name="lineanswer_once_a_work"),
            models.UniqueConstraint(fields=["answer", "part"], name="lineanswer_once_a_part"),
        ]

    def __str__(self) -> str:
        return self.name
