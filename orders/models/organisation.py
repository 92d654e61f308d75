"""In whose name the shop sells, how it is taxed, and what was agreed with companies."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from customers.models import Counterparty, PriceType
from orders import doubts


@keeps_history()
class Organisation(models.Model):
    """Организация: a legal entity or sole proprietor of ours, with what its documents print."""

    name = models.CharField(_("name"), max_length=100, help_text=_("What lists show."))
    full_name = models.CharField(
        _("full name"), max_length=300, blank=True, help_text=_("What documents print.")
    )
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    kpp = models.CharField(_("KPP"), max_length=9, blank=True)
    ogrn = models.CharField(_("OGRN or OGRNIP"), max_length=15, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=100, blank=True)
    bank_name = models.CharField(_("bank"), max_length=200, blank=True)
    bic = models.CharField(_("BIC"), max_length=9, blank=True)
    account = models.CharField(_("account"), max_length=20, blank=True)
    correspondent_account = models.CharField(_("correspondent account"), max_length=20, blank=True)
    head = models.CharField(_("head"), max_length=150, blank=True)
    accountant = models.CharField(_("chief accountant"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [models.UniqueConstraint(Upper("name"), name="organisation_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def printed_name(self) -> str:
        return self.full_name or self.name

    @property
    def can_be_paid_by_bank(self) -> bool:
        return bool(self.account and self.bic and self.bank_name)

    @property
    def doubtful(self) -> list[str]:
        """What looks wrong about its numbers; they are stored and printed all the same."""
        return doubts.about_organisation(self)


@keeps_history()
class TaxRegime(models.Model):
    """How an organisation is taxed from a day on, until the next one begins.

    It decides the rate of VAT of a line that names none. An organisation without any is taken to
    be under the general regime.
    """

    class Regime(models.TextChoices):
        GENERAL = "general", _("general")
        USN = "usn", _("USN without VAT")
        USN_5 = "usn_5", _("USN with VAT of 5 %")
        USN_7 = "usn_7", _("USN with VAT of 7 %")

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="tax_regimes",
        db_index=False,
        verbose_name=_("organisation"),
    )
    regime = models.CharField(_("regime"), max_length=7, choices=Regime, default=Regime.GENERAL)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("tax regime")
        verbose_name_plural = _("tax regimes")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="taxregime_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_regime_display()}, {self.valid_from:%d.%m.%Y}"


class ContractQuerySet(models.QuerySet["Contract"]):
    def valid_on(self, day: datetime.date) -> "ContractQuerySet":
        still = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(still, date__lte=day)


@keeps_history()
class Contract(models.Model):
    """Договор: the terms on which a company buys. Closing unpaid within them is normal."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="contracts", verbose_name=_("client")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        db_index=False,
        related_name="contracts",
        verbose_name=_("organisation"),
    )
    number = models.CharField(_("number"), max_length=60)
    date = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    payment_delay_days = models.PositiveSmallIntegerField(
        _("payment delay, days"), default=0, help_text=_("Counted from the hand-over.")
    )
    credit_limit = models.DecimalField(
        _("credit limit, ₽"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: no limit within the payment delay."),
    )
    price_type_goods = models.ForeignKey(
        PriceType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scope": "goods"},
        verbose_name=_("price type for goods"),
    )
    price_type_works = models.ForeignKey(
        PriceType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scope": "works"},
        verbose_name=_("price type for works"),
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "counterparty", "number"], name="contract_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("date")), name="contract_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(credit_limit__gte=0), name="contract_limit_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}, {self.date:%d.%m.%Y}"

    def is_valid_on(self, day: datetime.date) -> bool:
        return self.date <= day and (self.valid_until is None or self.valid_until >= day)


@keeps_history()
class Representative(models.Model):
    """Представитель: who may bring and fetch vehicles and sign for a client, by доверенность."""

    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="representatives",
        verbose_name=_("client"),
    )
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position held"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=100, blank=True)
    authority_number = models.CharField(_("number of the authority"), max_length=60, blank=True)
    authority_date = models.DateField(_("authority of"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["counterparty", "name", "authority_number"], name="representative_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("authority_date")),
                name="representative_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, day: datetime.date) -> bool:
        return self.valid_until is None or self.valid_until >= day
