"""Who the shop deals with."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers import doubts
from customers.lookup import reports_client


class CounterpartyQuerySet(models.QuerySet["Counterparty"]):
    """Words that name a subset of counterparties, or what one screen needs of them."""

    def for_card(self) -> "CounterpartyQuerySet":
        """With all that the card's own facts show, in one statement."""
        return self.select_related(
            "manager", "author", "attention_author", "price_type_goods", "price_type_works"
        )


@keeps_history(exclude=("source", "source_id", "anonymised_at"))
class Counterparty(Sourced):
    """Контрагент: a client or supplier, a person or a company."""

    class Kind(models.TextChoices):
        BUYER = "buyer", _("Buyer")
        SUPPLIER = "supplier", _("Supplier")
        BOTH = "both", _("Buyer and supplier")
        OTHER = "other", _("Other")

    class LegalForm(models.TextChoices):
        PERSON = "person", _("Individual")
        ENTREPRENEUR = "entrepreneur", _("Sole proprietor")
        COMPANY = "company", _("Company")

    class Attention(models.TextChoices):
        NONE = "", _("none")
        NOTICE = "notice", _("Please note")
        WARNING = "warning", _("Warning")
        STOP = "stop", _("Do not serve")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.BUYER)
    legal_form = models.CharField(
        _("legal form"), max_length=12, choices=LegalForm, default=LegalForm.PERSON
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("What lists show."))
    full_name = models.CharField(
        _("full name"), max_length=500, blank=True, help_text=_("What documents print.")
    )
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    kpp = models.CharField(_("KPP"), max_length=9, blank=True)
    manager = a_user(_("manager"), related_name="managed_clients")
    author = a_user(_("author"), related_name="entered_clients")
    price_type_goods = models.ForeignKey(
        "PriceType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="buyers_of_goods",
        limit_choices_to={"scope": "goods"},
        verbose_name=_("price type for goods"),
    )
    price_type_works = models.ForeignKey(
        "PriceType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="buyers_of_works",
        limit_choices_to={"scope": "works"},
        verbose_name=_("price type for works"),
    )
    comment = models.TextField(_("comment"), blank=True, help_text=_("Never printed."))
    attention = models.CharField(
        _("attention flag"), max_length=8, choices=Attention, blank=True, default=Attention.NONE
    )
    attention_text = models.CharField(_("attention text"), max_length=300, blank=True)
    attention_until = models.DateField(
        _("attention until"), null=True, blank=True, help_text=_("Empty: until it is taken away.")
    )
    attention_author = a_user(_("flagged by"), db_index=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    anonymised_at = models.DateTimeField(_("anonymised at"), null=True, editable=False)

    objects = CounterpartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        permissions = [
            ("export_counterparty", _("Can see all that is held of a client")),
            ("anonymise_counterparty", _("Can anonymise a client")),
        ]
        constraints = [
            once_per_source("counterparty"),
            models.CheckConstraint(
                condition=~models.Q(name__regex=r"^\s*$"), name="counterparty_has_a_name"
            ),
        ]
        indexes = [
            # The same INN while a client is entered, and its beginning in «Доп.».
            models.Index(
                fields=["inn"], opclasses=["varchar_pattern_ops"], name="counterparty_inn_idx"
            )
        ]
        triggers = reports_client(
            "id",
            watch=(
                "name",
                "full_name",
                "kind",
                "attention",
                "manager_id",
                "price_type_goods_id",
                "price_type_works_id",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def inn_warning(self) -> str:
        """Why the INN looks wrong, or nothing. A wrong one is stored all the same [seed]."""
        return doubts.about_inn(self.inn)
